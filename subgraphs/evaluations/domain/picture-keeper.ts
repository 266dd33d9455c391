import type { MacRing } from '../../shared/crypto/mac-ring.ts'
import { readScannedCode } from './code-validity.ts'
import { readReceiptNumber, receiptHashes } from './receipt-number.ts'
import { isSmsToken, smsTokenHashes } from './sms-token.ts'

/** By what whoever uploads a picture shows that he may rate (上传凭据). */
export type UploadToken =
  | { kind: 'CODE'; handle: string; isShared: boolean }
  /** Names under which an invitation's link or a receipt is looked up: a text of 16 characters may be either. */
  | { kind: 'SECRET'; smsHashes: readonly string[] | null; receiptHashes: readonly string[] | null }

/** Reads what pictures are uploaded with: a code of this hub, an SMS link's token or a receipt number. Null for any other text. */
export function readUploadToken(
  token: string,
  { codeMac, receiptMac }: { codeMac: MacRing; receiptMac: MacRing },
): UploadToken | null {
  const code = readScannedCode(token, codeMac)
  if (code) return { kind: 'CODE', handle: code.handle, isShared: code.kind === 'STATIC' }
  const receipt = readReceiptNumber(token)
  const smsHashes = isSmsToken(token) ? smsTokenHashes(token, codeMac) : null
  if (!smsHashes && !receipt.ok) return null
  return { kind: 'SECRET', smsHashes, receiptHashes: receipt.ok ? receiptHashes(receipt.number, receiptMac) : null }
}
