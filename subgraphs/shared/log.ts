/** Where a part writes what operators must know (日志): JSON lines, no personal data. A pino logger is one. */
export type Log = {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** JSON lines on standard error, for parts that are given no logger of their own. */
export const standardErrorLog: Log = {
  info: (fields, text) => write('info', fields, text),
  warn: (fields, text) => write('warn', fields, text),
  error: (fields, text) => write('error', fields, text),
}

function write(level: string, fields: object, text: string): void {
  process.stderr.write(`${JSON.stringify({ level, ...fields, text }, describeError)}\n`)
}

function describeError(_key: string, value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value
}
