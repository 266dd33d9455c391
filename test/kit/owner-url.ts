import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownerUrl } from '../../db/embedded-hub.ts'
import type { HubProcess } from './hub-process.ts'

/** The owner's login at the embedded server of a running hub, for looking behind its back. */
export async function ownerUrlOf({ dataDirectory }: HubProcess): Promise<string> {
  const passwords = JSON.parse(await readFile(join(dataDirectory, 'postgres-passwords.json'), 'utf8'))
  const port = Number(await readFile(join(dataDirectory, 'postgres-port'), 'utf8'))
  return ownerUrl(port, passwords)
}
