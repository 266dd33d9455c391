import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivateFile } from '../../db/data-dir-private-file.ts'

/** Sign-ins of the demo province: one password for all accounts, and the keys of the demo's clients (演示凭据). */
export type DemoCredentials = { password: string; clientKeys: { name: string; key: string }[] }

const fileName = 'demo-credentials.json'

/** Reads what an earlier start kept; a password set from outside wins, else one is made once and stays the same. */
export async function readDemoCredentials(
  dataDirectory: string,
  givenPassword: string | null,
): Promise<DemoCredentials> {
  const kept = await readFile(join(dataDirectory, fileName), 'utf8')
    .then(text => JSON.parse(text) as DemoCredentials)
    .catch(() => null)
  return {
    password: givenPassword ?? kept?.password ?? randomBytes(9).toString('base64url'),
    clientKeys: kept?.clientKeys ?? [],
  }
}

/** Keeps them readable for this user alone. */
export async function keepDemoCredentials(dataDirectory: string, credentials: DemoCredentials): Promise<void> {
  await writePrivateFile(join(dataDirectory, fileName), `${JSON.stringify(credentials, null, 2)}\n`)
}
