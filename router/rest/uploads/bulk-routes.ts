import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Log } from '../../../subgraphs/shared/log.ts'
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts'
import { type Authenticate, callerOf } from '../caller.ts'
import { fileFormatOf } from '../file/file-format.ts'
import { openUploadFile } from '../file/upload-file.ts'
import { wholeNumber } from '../parameter.ts'
import { RestRefusal } from '../problem.ts'
import { bodyBytes, defaultIdleMs } from './body-bytes.ts'
import { defaultWaits } from './patience.ts'
import { runUpload } from './run-upload.ts'
import { rejectedRowsOf, type UploadStanding } from './upload-counts.ts'
import { uploadDoor } from './upload-door.ts'
import { UploadFailure } from './upload-failure.ts'
import type { UploadKind } from './upload-kind.ts'

export type BulkOptions = {
  kind: UploadKind
  /** The one that takes this kind. */
  subgraph: Subgraph
  authenticate: Authenticate
  log: Log
  /** Waits between attempts while the subgraph cannot be reached, milliseconds. */
  waits?: readonly number[]
  /** Silence of a sender after which it counts as gone, milliseconds. */
  idleMs?: number
}

const progressType = 'application/x-ndjson'
/** Lines of a file are counted in 32 bits by the graph. */
const lastLine = 2_147_483_647

/** `POST /v1/cases/bulk`, `POST /v1/evaluations/bulk` (批量上传): a file of any size as the body, read as it comes. The body must reach this plugin unparsed. */
export function bulkRoutes(app: FastifyInstance, options: BulkOptions): void {
  const { kind, subgraph, authenticate, log, waits = defaultWaits, idleMs = defaultIdleMs } = options
  const { path } = kind
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.post<{ Querystring: Record<string, unknown> }>(`${path}/bulk`, async (request, reply) => {
    const viewer = await callerOf(request, authenticate)
    const { format, charset } = fileFormatOf(request.headers)
    const fromLine = wholeNumber(request.query, 'fromLine', { least: 1, most: lastLine, otherwise: 1 })
    const file = openUploadFile(kind.columns, { format, charset })
    const door = uploadDoor(subgraph, kind, viewer)
    const bytes = bodyBytes(request.raw, idleMs)
    const standings = runUpload({ bytes, file, format, fromLine, door, path, waits, signal: closing.signal, log })
    const wantsProgress = request.headers.accept?.includes(progressType) ?? false
    const finalAnswer = (standing: UploadStanding) => ({
      ...standing,
      rejectedRows: rejectedRowsOf(standing, path),
      ignoredColumns: file.ignoredColumns(),
    })
    return wantsProgress ? answerProgress(reply, standings, finalAnswer) : answerOnce(reply, standings, finalAnswer)
  })
}

type FinalAnswer = (standing: UploadStanding) => object

async function answerOnce(
  reply: FastifyReply,
  standings: AsyncIterable<UploadStanding>,
  finalAnswer: FinalAnswer,
): Promise<FastifyReply> {
  let last: UploadStanding | undefined
  try {
    for await (const standing of standings) last = standing
  } catch (error) {
    throw error instanceof UploadFailure ? new RestRefusal(error.problem) : error
  }
  return reply.header('cache-control', 'no-store').send(finalAnswer(last!))
}

async function answerProgress(
  reply: FastifyReply,
  standings: AsyncGenerator<UploadStanding, void>,
  finalAnswer: FinalAnswer,
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
    write(finalAnswer(last))
  }
  follow()
    .catch((error: UploadFailure) => write({ ...finalAnswer(error.standing), problem: error.problem }))
    .finally(() => lines.end())
  return reply.header('cache-control', 'no-store').type(`${progressType}; charset=utf-8`).send(lines)
}
