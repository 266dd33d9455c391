import type { HubUnderTest } from './hub-under-test.ts'

/** Makes an empty database beside the hub's, on the very same server, for a peer; answers its owner's address. */
export async function sideDatabase(hub: HubUnderTest, name: string): Promise<string> {
  await hub.owner.query(`create database ${name}`)
  const url = new URL(hub.ownerUrl)
  url.pathname = `/${name}`
  return url.href
}
