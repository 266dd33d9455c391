import { randomUUID } from 'node:crypto'
import { link, open, unlink } from 'node:fs/promises'
import { writePrivateFile } from '../../../db/data-dir-private-file.ts'
import { StartRefusal } from '../start-refusal.ts'
import { generateSecretKeys, readSecretKeys, type SecretKeys, secretKeysText } from './secret-keys.ts'

const WRITABLE_BY_OTHERS = 0o022

/**
 * Loads SECRET_KEYS_FILE. Refuses the start with SECRET_KEYS_MISSING, SECRET_KEYS_UNREADABLE, SECRET_KEYS_EXPOSED
 * (others may write it) or SECRET_KEYS_INVALID (all faults at once).
 */
export async function loadSecretKeys(path: string): Promise<SecretKeys> {
  const { text, mode } = await readWithMode(path)
  // Only writing is refused: container platforms mount secrets readable for all inside the container.
  if (mode & WRITABLE_BY_OTHERS) {
    throw new StartRefusal(
      'SECRET_KEYS_EXPOSED',
      `密钥文件 ${path} 可被其他用户修改，请执行 chmod 600 后重试。`,
      `Other users may change the key file ${path}: run chmod 600 on it and start again.`,
    )
  }
  const read = readSecretKeys(text)
  if ('keys' in read) return read.keys
  throw new StartRefusal(
    'SECRET_KEYS_INVALID',
    `密钥文件 ${path} 有误，请改正：${read.faults.map(({ zh }) => zh).join('；')}。`,
    `The key file ${path} has faults, please correct them: ${read.faults.map(({ en }) => en).join('; ')}.`,
  )
}

/** Loads the key file of a data directory, making it (0600) the first time; two starts at once agree on one file. */
export async function loadOrGenerateSecretKeys(path: string): Promise<SecretKeys> {
  try {
    return await loadSecretKeys(path)
  } catch (error) {
    if (!(error instanceof StartRefusal) || error.code !== 'SECRET_KEYS_MISSING') throw error
  }
  // A link never replaces: whoever comes second reads the first one's keys instead of orphaning what they sealed.
  const fresh = `${path}.${randomUUID()}.fresh`
  await writePrivateFile(fresh, secretKeysText(generateSecretKeys()))
  try {
    await link(fresh, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    await unlink(fresh)
  }
  return loadSecretKeys(path)
}

async function readWithMode(path: string): Promise<{ text: string; mode: number }> {
  try {
    await using file = await open(path, 'r')
    return { text: await file.readFile('utf8'), mode: (await file.stat()).mode }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      throw new StartRefusal(
        'SECRET_KEYS_MISSING',
        `找不到密钥文件 ${path}，请检查 SECRET_KEYS_FILE。`,
        `There is no key file ${path}: check SECRET_KEYS_FILE.`,
      )
    }
    throw new StartRefusal(
      'SECRET_KEYS_UNREADABLE',
      `无法读取密钥文件 ${path}（${codeOf(error)}），请检查路径和权限。`,
      `The key file ${path} cannot be read (${codeOf(error)}): check its path and permissions.`,
    )
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error)
}
