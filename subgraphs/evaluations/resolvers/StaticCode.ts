import { addDays, shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { EvaluationsContext } from '../context.ts'
import { mintRatingCode } from '../domain/rating-code.ts'
import { type StaticCode as Code, ratedPlace } from '../domain/static-code.ts'
import { seesPaperwork } from '../domain/static-code-permission.ts'
import { scanDrop } from '../domain/static-code-scans.ts'
import { MOST_SCAN_DAYS } from '../store/static-code-loaders.ts'
import { pngOfCode, svgOfCode } from './RatingCode.ts'

const reference = (typename: string, id: string | null) => id && { __typename: typename, id }

function urlOf({ state, handle, decidedAt }: Code, { publicUrl, crypto }: EvaluationsContext): string | null {
  if (state !== 'ACTIVE' || decidedAt === null) return null
  const token = mintRatingCode({ kind: 'STATIC', handle, point: 0, issuedAt: decidedAt }, crypto.codeMac)
  return `${publicUrl}/r/${token}`
}

/** For staff alone; everyone else gets null. */
const paperwork =
  <Part extends keyof Code>(part: Part) =>
  (code: Code, _: unknown, { viewer }: EvaluationsContext) =>
    seesPaperwork(viewer) ? code[part] : null

export const StaticCode = {
  __resolveReference: ({ id }: { id: string }, { loaders }: EvaluationsContext) => loaders.staticCode(id),

  place: ratedPlace,
  staffMember: ({ placement }: Code) => reference('StaffMember', placement.staffMemberId),
  hall: ({ placement }: Code) => reference('Hall', placement.hallId),
  department: ({ placement }: Code) => reference('Department', placement.departmentId),
  url: (code: Code, _: unknown, context: EvaluationsContext) => urlOf(code, context),
  svg(code: Code, _: unknown, context: EvaluationsContext) {
    const url = urlOf(code, context)
    return url && svgOfCode(url)
  },
  png(code: Code, { scale }: { scale?: number | null }, context: EvaluationsContext) {
    const url = urlOf(code, context)
    return url && pngOfCode(url, scale ?? 8)
  },

  requestedBy: (code: Code, _: unknown, { viewer }: EvaluationsContext) =>
    seesPaperwork(viewer) ? code.requestedByName : code.departmentName,
  requestReason: paperwork('requestReason'),
  decidedBy: paperwork('decidedByName'),
  decisionReason: paperwork('decisionReason'),
  retireReason: paperwork('retireReason'),

  async scans({ id }: Code, { days }: { days?: number | null }, { viewer, loaders, now }: EvaluationsContext) {
    const wanted = days ?? 30
    if (wanted < 1 || wanted > MOST_SCAN_DAYS) {
      throw graphError('BAD_USER_INPUT', { fact: `days 1–${MOST_SCAN_DAYS}: ${wanted}` })
    }
    if (!seesPaperwork(viewer)) return []
    const since = addDays(shanghaiDay(now()), 1 - wanted)
    return (await loaders.scansOfCode(id)).filter(({ day }) => day >= since)
  },
  evaluationCount: ({ id }: Code, _: unknown, { loaders }: EvaluationsContext) => loaders.evaluationCountOfCode(id),
  async isScanDropSuspected({ id, state }: Code, _: unknown, { viewer, loaders, now, calendar }: EvaluationsContext) {
    if (state !== 'ACTIVE' || !seesPaperwork(viewer)) return false
    return scanDrop(await loaders.scansOfCode(id), shanghaiDay(now()), calendar)
  },
}
