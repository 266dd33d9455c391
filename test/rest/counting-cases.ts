import { type ExecutionResult, getOperationAST } from 'graphql'
import type { UploadRow } from '../../router/rest/file/upload-row.ts'
import type { Subgraph, SubgraphRequest } from '../../subgraphs/shared/subgraph.ts'

/** How the counting subgraph was asked. */
export type SeenRows = {
  batches: number
  rows: number
  largestBatch: number
  /** Most batches that were with it at the same time. */
  mostAtOnce: number
  isInOrder: boolean
  residentMiB: number
}

/** A cases subgraph that takes every row of one upload at once and remembers how it was asked: no database could be that quick. */
export function countingCases(): { cases: Subgraph; seen: SeenRows } {
  const seen: SeenRows = { batches: 0, rows: 0, largestBatch: 0, mostAtOnce: 0, isInOrder: true, residentMiB: 0 }
  let atOnce = 0
  let lastLine = 1
  const standing = (state: string) => ({
    id: 'one',
    state,
    readCount: seen.rows,
    acceptedCount: seen.rows,
    unchangedCount: 0,
    rejectedCount: 0,
  })

  async function take(rows: readonly UploadRow[]): Promise<void> {
    atOnce += 1
    seen.mostAtOnce = Math.max(seen.mostAtOnce, atOnce)
    await new Promise(resolve => setImmediate(resolve))
    seen.batches += 1
    seen.rows += rows.length
    seen.largestBatch = Math.max(seen.largestBatch, rows.length)
    for (const { lineNumber } of rows) {
      seen.isInOrder &&= lineNumber === lastLine + 1
      lastLine = lineNumber
    }
    seen.residentMiB = Math.max(seen.residentMiB, Math.round(process.memoryUsage().rss / 2 ** 20))
    atOnce -= 1
  }

  const answers: Record<string, (variables: Record<string, unknown>) => Promise<unknown> | unknown> = {
    OpenUpload: () => 'one',
    TakeRows: async ({ rows }) => {
      await take(rows as UploadRow[])
      return standing('RUNNING')
    },
    CloseUpload: ({ state }) => standing(String(state)),
  }
  const cases: Subgraph = {
    name: 'cases',
    async execute({ document, variables = {} }: SubgraphRequest): Promise<ExecutionResult> {
      const name = getOperationAST(document)!.name!.value
      return { data: { answer: await answers[name]!(variables) } } as ExecutionResult
    },
    subscribe: () => Promise.reject(new Error('nothing is subscribed to here')),
    stop: async () => {},
  }
  return { cases, seen }
}
