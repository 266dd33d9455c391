/** One fault of one field, in words a citizen can read. `path` names the field, e.g. `level`, `items.2`, `text`. */
export type Problem<Fault extends string = string> = { path: string; code: Fault; message: { zh: string; en: string } }

/** Names a fault of a field. */
export function problem<Fault extends string>(path: string, code: Fault, zh: string, en: string): Problem<Fault> {
  return { path, code, message: { zh, en } }
}
