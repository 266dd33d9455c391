import type { Load } from './load-process.ts'

/** The process behind `startLoad`: makes one load object of the named module and calls its methods as it is told. */
const { createLoad } = (await import(process.argv[2]!)) as { createLoad(): Load }
const load = createLoad()

process.on('message', async ({ id, method, input }: { id: number; method: string; input: unknown }) => {
  try {
    process.send!({ id, result: await load[method]!(input) })
  } catch (error) {
    process.send!({ id, fault: (error as Error).stack ?? String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
process.send!({ id: 0 })
