import type { Transaction } from '../../shared/database.ts'

/** PostgreSQL's classes of errors that a row brings about by itself: data exceptions, broken constraints, row-level security. */
const rowFaults = /^(22...|23...|42501)$/

/** Whether a failed statement says something about a row, and not about the server, the connection or this program. */
export function isRowFault(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown }
  if (typeof code === 'string') return rowFaults.test(code)
  return cause !== undefined && isRowFault(cause)
}

/** Does work that may meet a row fault; null when it did, and then nothing of it was written. Any other error is thrown on. */
export async function withoutRowFault<T>(tx: Transaction, work: () => Promise<T>): Promise<T | null> {
  await tx.query('savepoint rows')
  try {
    const result = await work()
    await tx.query('release savepoint rows')
    return result
  } catch (error) {
    if (!isRowFault(error)) throw error
    await tx.query('rollback to savepoint rows')
    return null
  }
}
