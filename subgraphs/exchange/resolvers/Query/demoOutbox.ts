import { readDemoOutbox } from '../../actions/demo-outbox.ts'
import type { ExchangeContext } from '../../context.ts'

export async function demoOutbox(_: unknown, { first }: { first: number }, { viewer, messaging }: ExchangeContext) {
  return JSON.stringify(await readDemoOutbox(first, viewer, messaging))
}
