import type pg from 'pg'

/**
 * Gives back to the pool every connection that ended while somebody held it (the server restarted, a session was cut).
 * Kysely gives a connection back only after its `begin`, `commit` or `rollback` succeeded, which on a dead connection never comes about:
 * without this each cut connection would take a place in the pool away for ever, and a few of them the whole pool.
 */
export function reclaimEndedConnections(pool: pg.Pool): void {
  const held = new WeakSet<pg.PoolClient>()
  pool.on('acquire', client => void held.add(client))
  pool.on('release', (_error, client) => void held.delete(client as pg.PoolClient))
  pool.on('connect', client => {
    client.once('end', () => {
      if (!held.has(client)) return
      client.release(true)
      // Whoever held it may still give it back; a second time would throw at him.
      client.release = () => {}
    })
  })
}
