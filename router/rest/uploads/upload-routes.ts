import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Subgraph } from '../../../subgraphs/shared/subgraph.ts'
import { type Authenticate, callerOf } from '../caller.ts'
import type { UploadColumns } from '../file/upload-columns.ts'
import { refuse } from '../problem.ts'
import { type RejectedFile, rejectedCsv, rejectedNdjson } from './rejected-file.ts'
import { rejectedRowsOf } from './upload-counts.ts'
import { type RejectedRow, type UploadDoor, uploadDoor } from './upload-door.ts'
import type { UploadKind } from './upload-kind.ts'

type Parameters = { Params: { id: string } }

/** How an upload stands and its rejected rows as a file (上传结果、退回行), for whoever sent it. */
export function uploadRoutes(
  app: FastifyInstance,
  { kind, subgraph, authenticate }: { kind: UploadKind; subgraph: Subgraph; authenticate: Authenticate },
): void {
  const { path } = kind
  const doorFor = async (request: FastifyRequest) => uploadDoor(subgraph, kind, await callerOf(request, authenticate))

  app.get<Parameters>(`${path}/uploads/:id`, { exposeHeadRoute: false }, async (request, reply) => {
    const { id } = request.params
    const door = await doorFor(request)
    const upload = await door.read(id)
    if (!upload) throw refuse('UPLOAD_UNKNOWN', { id: id.slice(0, 50) })
    return reply.header('cache-control', 'no-store').send({ ...upload, rejectedRows: rejectedRowsOf(upload, path) })
  })

  const rejectedAs = (ending: 'csv' | 'ndjson', type: string, open: (columns: UploadColumns) => RejectedFile) =>
    app.get<Parameters>(
      `${path}/uploads/:id/rejected.${ending}`,
      { exposeHeadRoute: false },
      async (request, reply) => {
        const { id } = request.params
        const door = await doorFor(request)
        if (!(await door.read(id))) throw refuse('UPLOAD_UNKNOWN', { id: id.slice(0, 50) })
        const firstPage = await door.rejectionsBehind(id, 0)
        return download(reply, `rejected-${id}.${ending}`)
          .type(type)
          .send(Readable.from(pages(door, id, firstPage, open(kind.columns))))
      },
    )

  rejectedAs('csv', 'text/csv; charset=utf-8', rejectedCsv)
  rejectedAs('ndjson', 'application/x-ndjson; charset=utf-8', rejectedNdjson)
}

const download = (reply: FastifyReply, name: string) =>
  reply.header('cache-control', 'no-store').header('content-disposition', `attachment; filename="${name}"`)

/** Page by page, each read when the one before is on its way, however many rows there are. */
async function* pages(
  door: UploadDoor,
  uploadId: string,
  firstPage: RejectedRow[],
  file: RejectedFile,
): AsyncGenerator<string, void> {
  yield file.head(firstPage)
  for (let page = firstPage; page.length > 0; page = await door.rejectionsBehind(uploadId, page.at(-1)!.lineNumber)) {
    yield file.page(page)
  }
}
