import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Log } from '../../../subgraphs/shared/log.ts'
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts'
import { type Authenticate, callerOf } from '../caller.ts'
import { type CaseFile, openCaseFile } from '../file/case-file.ts'
import { fileFormatOf } from '../file/file-format.ts'
import { wholeNumber } from '../parameter.ts'
import { RestRefusal } from '../problem.ts'
import { bodyBytes, defaultIdleMs } from './body-bytes.ts'
import { casesDoor } from './cases-door.ts'
import { defaultWaits } from './patience.ts'
import { runUpload } from './run-upload.ts'
import { rejectedRowsOf, type UploadStanding } from './upload-counts.ts'
import { UploadFailure } from './upload-failure.ts'

export type BulkOptions = {
  cases: Subgraph
  authenticate: Authenticate
  log: Log
  /** Waits between attempts while cases cannot be reached, milliseconds. */
  waits?: readonly number[]
  /** Silence of a sender after which it counts as gone, milliseconds. */
  idleMs?: number
}

const progressType = 'application/x-ndjson'
/** Lines of a file are counted in 32 bits by the graph. */
const lastLine = 2_147_483_647

/** `POST /v1/cases/bulk` (批量上传): a file of any size as the body, read as it comes. The body must reach this plugin unparsed. */
export function bulkRoutes(app: FastifyInstance, options: BulkOptions): void {
  const { cases, authenticate, log, waits = defaultWaits, idleMs = defaultIdleMs } = options
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.post<{ Querystring: Record<string, unknown> }>('/v1/cases/bulk', async (request, reply) => {
    const viewer = await callerOf(request, authenticate)
    const { format, charset } = fileFormatOf(request.headers)
    const fromLine = wholeNumber(request.query, 'fromLine', { least: 1, most: lastLine, otherwise: 1 })
    const file = openCaseFile({ format, charset })
    const door = casesDoor(cases, viewer)
    const bytes = bodyBytes(request.raw, idleMs)
    const standings = runUpload({ bytes, file, format, fromLine, door, waits, signal: closing.signal, log })
    const wantsProgress = request.headers.accept?.includes(progressType) ?? false
    return wantsProgress ? answerProgress(reply, standings, file) : answerOnce(reply, standings, file)
  })
}

const finalAnswer = (standing: UploadStanding, file: CaseFile) => ({
  ...standing,
  rejectedRows: rejectedRowsOf(standing),
  ignoredColumns: file.ignoredColumns(),
})

async function answerOnce(
  reply: FastifyReply,
  standings: AsyncIterable<UploadStanding>,
  file: CaseFile,
): Promise<FastifyReply> {
  let last: UploadStanding | undefined
  try {
    for await (const standing of standings) last = standing
  } catch (error) {
    throw error instanceof UploadFailure ? new RestRefusal(error.problem) : error
  }
  return reply.header('cache-control', 'no-store').send(finalAnswer(last!, file))
}

async function answerProgress(
  reply: FastifyReply,
  standings: AsyncGenerator<UploadStanding, void>,
  file: CaseFile,
): Promise<FastifyReply> {
  const first = await standings.next()
  const lines = new PassThrough()
  const write = (line: object) => lines.write(`${JSON.stringify(line)}\n`)
  const follow = async () => {
    write(first.value!)
    let last = first.value!
    for await (const standing of standings) {
      last = standing
      // Senders that read only afterwards must not stop their own upload: progress nobody reads is left out.
      if (standing.state === 'RUNNING' && !lines.writableNeedDrain) write(standing)
    }
    write(finalAnswer(last, file))
  }
  follow()
    .catch((error: UploadFailure) => write({ ...finalAnswer(error.standing, file), problem: error.problem }))
    .finally(() => lines.end())
  return reply.header('cache-control', 'no-store').type(`${progressType}; charset=utf-8`).send(lines)
}
