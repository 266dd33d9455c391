import type { EvaluationsContext } from '../context.ts'
import { readRatingCode } from '../domain/rating-code.ts'

/** Counts that a person opened the page of a static code (扫码计数); false for whatever is no static code of this hub, or out of use. */
export async function countCodeScan(token: string, { crypto, scans }: EvaluationsContext): Promise<boolean> {
  const reading = readRatingCode(token, crypto.codeMac)
  return reading.ok && reading.code.kind === 'STATIC' && scans.count(reading.code.handle)
}
