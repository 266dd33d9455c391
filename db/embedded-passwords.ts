import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StartRefusal } from '../subgraphs/shared/start-refusal.ts'
import { writePrivateFile } from './data-dir-private-file.ts'

/** The passwords of the embedded server: its superuser, the owner of `hub`, and the application. */
export type Passwords = { superuser: string; owner: string; application: string }

/** Reads the passwords of a data directory, or makes them (192 bits each) and keeps them there, 0600. */
export async function keepPasswords(dataDirectory: string, clusterExists: boolean): Promise<Passwords> {
  const path = join(dataDirectory, 'postgres-passwords.json')
  const kept = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (kept !== undefined) return JSON.parse(kept) as Passwords
  if (clusterExists) throw passwordsLost(path)
  const passwords = { superuser: newPassword(), owner: newPassword(), application: newPassword() }
  await writePrivateFile(path, JSON.stringify(passwords))
  return passwords
}

const newPassword = () => randomBytes(24).toString('base64url')

function passwordsLost(path: string): StartRefusal {
  return new StartRefusal(
    'EMBEDDED_PASSWORDS_LOST',
    `内置数据库的密码文件 ${path} 不见了，请恢复该文件，或清空 DATA_DIR 以空库重新开始。`,
    `The password file ${path} of the embedded database is gone; bring it back, or empty DATA_DIR to start with an empty database.`,
  )
}
