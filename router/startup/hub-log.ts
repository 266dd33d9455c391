import { pino } from 'pino'
import type { Log } from '../../subgraphs/shared/log.ts'

/**
 * JSON lines on standard error, so that standard output stays for people. Of an error only name, message, code and stack:
 * a database error's other fields quote the values of the row, and those may be personal.
 */
export function createHubLog(): Log {
  const serializers = {
    error: (error: unknown) =>
      error instanceof Error
        ? { name: error.name, message: error.message, code: (error as NodeJS.ErrnoException).code, stack: error.stack }
        : error,
  }
  return pino({ name: 'hub', serializers }, pino.destination({ dest: 2, sync: true }))
}
