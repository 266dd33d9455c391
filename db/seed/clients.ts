import { createHash, randomBytes } from 'node:crypto'
import type { Transaction } from '../../subgraphs/shared/database.ts'
import type { Role } from '../../subgraphs/shared/viewer.ts'
import { demoHoldings, type Holding } from './accounts.ts'
import type { Directory } from './directory.ts'
import { MAIN_HALL_SYSTEM } from './history/links.ts'
import { insertWholeRows } from './insert-rows.ts'
import { namedId } from './named-id.ts'

/** The key of a client or device in plain; the database keeps its SHA-256 only. */
export type ClientKey = { name: string; key: string }

type Client = {
  name: string
  role: Extract<Role, 'INTEGRATION_CLIENT' | 'FRONTEND_CLIENT' | 'DEVICE'>
  holding: keyof ReturnType<typeof demoHoldings>
  sourceSystem: string | null
}

const clients: readonly Client[] = [
  // The whole city, not the hall alone: a case that was applied for online belongs to no hall yet.
  { name: 'window-system', role: 'INTEGRATION_CLIENT', holding: 'city', sourceSystem: MAIN_HALL_SYSTEM },
  { name: 'frontend', role: 'FRONTEND_CLIENT', holding: 'province', sourceSystem: null },
  { name: 'kiosk', role: 'DEVICE', holding: 'window', sourceSystem: null },
]

/** Fresh random keys of the demo clients: `hub_k_…`, `hub_d_…` for devices, 32 bytes in base64url. */
export function makeClientKeys(): ClientKey[] {
  return clients.map(({ name, role }) => {
    const secret = randomBytes(32).toString('base64url')
    return { name, key: `hub_${role === 'DEVICE' ? 'd' : 'k'}_${secret}` }
  })
}

/** Writes the demo clients with the hashes of these keys. */
export async function insertClients(
  transaction: Transaction,
  directory: Directory,
  keys: readonly ClientKey[],
): Promise<void> {
  const holdings = demoHoldings(directory)
  const rows = clients.map(({ holding, ...client }) => {
    const granted: Holding = holdings[holding]
    const { key } = keys.find(({ name }) => name === client.name)!
    const keyHash = createHash('sha256').update(key).digest()
    return { id: namedId('client', client.name), ...client, ...granted, keyHash, isActive: true }
  })
  await insertWholeRows(transaction, 'cases.api_clients', rows)
}
