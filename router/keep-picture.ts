import { parse } from 'graphql'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { systemViewer } from '../subgraphs/shared/viewer.ts'

const document = parse(
  'mutation KeepPicture($token: String!, $base64: String!) { keepPicture(token: $token, base64: $base64) }',
)

/** What became of an uploaded picture (上传图片): its id, or its fault with what is accepted. */
export type PictureAnswer =
  | { id: string; width: number; height: number }
  | { fault: { code: string; zh: string; en: string } }

/** Hands a picture to evaluations, which re-encodes and keeps it until its rating comes; null when that cannot be done now. */
export async function keepPicture(evaluations: Subgraph, token: string, bytes: Buffer): Promise<PictureAnswer | null> {
  const { data } = await evaluations
    .execute({
      document,
      variables: { token, base64: bytes.toString('base64') },
      viewer: systemViewer('door'),
    })
    .catch(() => ({ data: null }))
  return data?.keepPicture ? (JSON.parse(String(data.keepPicture)) as PictureAnswer) : null
}
