import type { EvaluationsContext } from '../context.ts'
import { readUploadToken } from '../domain/picture-keeper.ts'
import { evaluationIdOfReceipt } from '../store/evaluation-queries.ts'
import { serviceOfSmsLink } from '../store/sms-link.ts'

/** Under which names pictures of an upload token wait: the first is the one to store. At most `most` of them may wait. */
export type PictureKeeper = { keepers: readonly string[]; most: number }

const MOST_OF_ONE = 10
// Everyone who stands before a poster uploads by the same code.
const MOST_OF_A_STATIC_CODE = 500

const uploadScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/** Who keeps pictures that were uploaded with this token (上传凭据): a genuine code, or a link or receipt that is known; null for none. */
export async function findPictureKeeper(
  token: string,
  { crypto, database }: Pick<EvaluationsContext, 'crypto' | 'database'>,
): Promise<PictureKeeper | null> {
  const read = readUploadToken(token, crypto)
  if (!read) return null
  if (read.kind === 'CODE') {
    return { keepers: [read.handle], most: read.isShared ? MOST_OF_A_STATIC_CODE : MOST_OF_ONE }
  }
  const { smsHashes, receiptHashes } = read
  return database.inScope(uploadScope, async tx => {
    if (smsHashes && (await serviceOfSmsLink(tx, smsHashes))) return { keepers: smsHashes, most: MOST_OF_ONE }
    const isReceipt = receiptHashes && (await evaluationIdOfReceipt(tx, receiptHashes)) !== null
    return isReceipt ? { keepers: receiptHashes, most: MOST_OF_ONE } : null
  })
}
