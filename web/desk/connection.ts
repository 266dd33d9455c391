import { useSyncExternalStore } from 'react'

/** Whether the hub answers (连接): `attempt` grows with every wish to try again. */
export type Connection = { isCut: boolean; attempt: number }

let connection: Connection = { isCut: !navigator.onLine, attempt: 0 }
const listeners = new Set<() => void>()

function change(next: Connection): void {
  connection = next
  for (const listener of listeners) listener()
}

/** Takes note of whether a request was answered. */
export function noteAnswered(isAnswered: boolean): void {
  if (connection.isCut === isAnswered) change({ ...connection, isCut: !isAnswered })
}

/** Everything on the screen asks again. */
export function tryAgain(): void {
  change({ ...connection, attempt: connection.attempt + 1 })
}

addEventListener('offline', () => noteAnswered(false))
addEventListener('online', tryAgain)

export function useConnection(): Connection {
  return useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => connection,
  )
}
