import type { Database, Transaction } from '../../shared/database.ts'
import type { Scope } from '../../shared/viewer.ts'

/** Runs a read in the request's transaction. */
export type RequestReader = <T>(work: (transaction: Transaction) => Promise<T>) => Promise<T>

type Waiting = { work: (transaction: Transaction) => Promise<unknown>; settle: (result: Promise<unknown>) => void }

/**
 * One read transaction for a whole request, without anyone saying when the request ends: it opens with the first read,
 * serves every wave of reads that the answers before set off, and commits once the event loop has turned without another.
 * A query over case, hall, department and staff is so one BEGIN, a few statements and one COMMIT instead of a transaction each.
 */
export function createRequestReader(database: Database, scope: Scope): RequestReader {
  let open: Waiting[] | null = null

  async function serve(mine: Waiting[]): Promise<void> {
    try {
      await database.inScope(scope, async transaction => {
        while (mine.length > 0) {
          await Promise.allSettled(
            mine.splice(0).map(({ work, settle }) => {
              const result = work(transaction)
              settle(result)
              return result
            }),
          )
          await new Promise(resolve => setImmediate(resolve))
        }
        open = null
      })
    } catch (error) {
      if (open === mine) open = null
      for (const { settle } of mine.splice(0)) settle(Promise.reject(error))
    }
  }

  return work =>
    new Promise((resolve, reject) => {
      const waiting: Waiting = { work, settle: result => result.then(value => resolve(value as never), reject) }
      if (open) {
        open.push(waiting)
        return
      }
      open = [waiting]
      void serve(open)
    })
}
