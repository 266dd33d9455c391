import { createHash } from 'node:crypto'
import type { ServicePlacement } from '../../shared/placement-columns.ts'
import type { KnownStaticCode } from '../store/known-static-code.ts'
import type { RatedService } from '../store/rated-service.ts'
import type { RatingCode } from './rating-code.ts'

/** What a rating is about (评价对象); all but CASE are unlinked (未关联). */
export type RatingSubjectKind = 'CASE' | 'STAFF_MEMBER' | 'HALL' | 'PROVINCE' | 'PLATFORM'

/** What is rated, as the row of the rating holds it. */
export type RatedSubject = {
  subjectKind: RatingSubjectKind
  /** What can be rated once: the case, or the visit of an unlinked rating. */
  subjectId: string
  /** Null for all kinds but CASE. */
  caseId: string | null
  /** N-th service within the case; 1 for a visit. */
  serviceNumber: number
  cityCode: string
  policyId: string
  matterId: string | null
  staticCodeId: string | null
  terminalNumber: string | null
  /** Of a probe of the hub itself (探测办件). */
  isProbe: boolean
  placement: ServicePlacement
}

/** One service of a case, by whom it was given when its code was made. */
export function subjectOfService({ serviceCase, servedBy, serviceNumber }: RatedService): RatedSubject {
  const { caseId, cityCode, policyId, matterId, isProbe } = serviceCase
  const { terminalNumber, placement } = servedBy
  const rated = { subjectKind: 'CASE', subjectId: caseId, caseId, serviceNumber } as const
  return { ...rated, cityCode, policyId, matterId, staticCodeId: null, terminalNumber, isProbe, placement }
}

/** A visit at a static code, without a case; the same ticket is always the same visit. */
export function subjectOfVisit(
  staticCode: KnownStaticCode,
  visit: Pick<RatingCode, 'handle' | 'issuedAt'>,
): RatedSubject {
  const { id: staticCodeId, subjectKind, cityCode, policyId, placement } = staticCode
  const subjectId = visitId(staticCode.handle, visit)
  const rated = { subjectKind, subjectId, caseId: null, serviceNumber: 1 }
  return { ...rated, cityCode, policyId, matterId: null, staticCodeId, terminalNumber: null, isProbe: false, placement }
}

/** A UUID (version 8, RFC 9562) that only this visit of this static code has. */
function visitId(codeHandle: string, { handle, issuedAt }: Pick<RatingCode, 'handle' | 'issuedAt'>): string {
  const bytes = createHash('sha256').update(`visit/1/${codeHandle}/${handle}/${issuedAt.getTime()}`).digest()
  bytes[6] = 0x80 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
