import { mkdir, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { takeApplicationLock } from './data-dir-lock.ts'

/** A data directory (数据目录) that this process alone works in; `path` is absolute and free of symbolic links. */
export type DataDirectory = { path: string; release(): Promise<void> }

/**
 * Opens `DATA_DIR` for this process alone: creates it (0700) where it is missing, checks that it can be written, and
 * takes its application lock. Throws a {@link StartRefusal} when another live process has it or it cannot be used.
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const wanted = resolve(path)
  try {
    await mkdir(wanted, { recursive: true, mode: 0o700 })
    const directory = await realpath(wanted)
    const lock = await takeApplicationLock(directory)
    if ('heldBy' in lock) throw inUse(directory, lock.heldBy)
    return { path: directory, release: lock.release }
  } catch (error) {
    throw error instanceof StartRefusal ? error : unusable(wanted, error as NodeJS.ErrnoException)
  }
}

function inUse(path: string, pid: number): StartRefusal {
  return new StartRefusal(
    'DATA_DIR_IN_USE',
    `数据目录 DATA_DIR ${path} 正由进程 ${pid} 使用，请先停止该进程，或为本副本另行指定 DATA_DIR 和 PORT。`,
    `DATA_DIR ${path} is in use by process ${pid}; stop it or give this copy its own DATA_DIR and PORT.`,
  )
}

function unusable(path: string, error: NodeJS.ErrnoException): Error {
  switch (error.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new StartRefusal(
        'DATA_DIR_NOT_A_DIRECTORY',
        `数据目录 DATA_DIR ${path} 或其上级是文件而不是目录，请改为指向一个目录。`,
        `DATA_DIR ${path} or a part of that path is a file, not a directory; point DATA_DIR at a directory.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartRefusal(
        'DATA_DIR_NOT_WRITABLE',
        `当前用户不能创建或写入数据目录 DATA_DIR ${path}（${error.code}），请授予写权限，或把 DATA_DIR 指向可写的目录。`,
        `DATA_DIR ${path} cannot be created or written by this user (${error.code}); grant write permission or point DATA_DIR at a directory that can be written.`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartRefusal(
        'DATA_DIR_FULL',
        `数据目录 DATA_DIR ${path} 所在磁盘已满（${error.code}），请腾出空间，或把 DATA_DIR 指向其他磁盘。`,
        `The disk of DATA_DIR ${path} is full (${error.code}); free some space or point DATA_DIR at another disk.`,
      )
    default:
      return error
  }
}
