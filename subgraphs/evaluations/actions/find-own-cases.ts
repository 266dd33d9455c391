import type { Transaction } from '../../shared/database.ts'
import { phoneFaults, readPhone } from '../../shared/people/phone.ts'
import { scopeCovers } from '../../shared/scope-covers.ts'
import type { EvaluationsContext } from '../context.ts'
import { readScannedCode } from '../domain/code-validity.ts'
import { isSignedInCitizen, mayFindOwnCases } from '../domain/permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { problem } from '../domain/problem.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { mintTicket, type RatingCode } from '../domain/rating-code.ts'
import { shortenedCaseNumber } from '../domain/rating-form.ts'
import { type CodableCase, codableCases, keepCodePoint } from '../store/case-code.ts'
import { keepKnownCase } from '../store/known-case.ts'
import type { KnownStaticCode } from '../store/known-static-code.ts'
import { askCasesOfContact, type ContactPlace } from './ask-cases.ts'
import type { InvalidEvaluation } from './keep-submission.ts'
import { type Refused, refused } from './refused.ts'

/** One of one's own cases, with no more than is needed to know it by (本人办件). */
export type OwnCase = {
  /** Opens the form of this case at this code, for as long as an opened form lasts. */
  formTicket: string
  caseNumber: string
  closedAt: Date
  departmentName: string
  windowNumber: string | null
}

const searchScope = { reach: 'EVERYTHING', name: 'rating-code' } as const
const MOST_CASES = 20
const DAY_MS = 86_400_000
// A static code tells nothing of how often somebody was served; the first service is the one that every case has.
const FIRST_SERVICE = { serviceNumber: 1, terminalNumber: null }

/**
 * Finds the person's own closed cases at the place of a static code (办件查询), so that he may pick one: by his phone, which is the proof, or
 * by his sign-in where the phone is left empty. Only what can still be rated and was not is answered; names no applicant.
 */
export async function findOwnCases(
  { token, phone }: { token: string; phone: string },
  context: EvaluationsContext,
): Promise<{ cases: OwnCase[] } | Refused<'RatingCodeRefused'> | InvalidEvaluation> {
  const { viewer, crypto } = context
  if (!mayFindOwnCases(viewer)) return refused('RatingCodeRefused', 'NOT_PERMITTED')
  const code = readScannedCode(token, crypto.codeMac)
  const staticCode = code?.kind === 'STATIC' ? await context.staticCodes.add(code.handle) : null
  if (staticCode?.state === 'RETIRED') return refused('RatingCodeRefused', 'CODE_RETIRED')
  if (!code || staticCode?.state !== 'ACTIVE') return refused('RatingCodeRefused', 'CODE_INVALID')
  if (staticCode.subjectKind === 'PLATFORM') return { cases: [] }
  if (phone.trim() === '' && isSignedInCitizen(viewer)) return { cases: await casesOfViewer(code, staticCode, context) }

  const read = readPhone(phone)
  if (!read.ok) {
    const { zh, en } = phoneFaults[read.fault]
    const problems = [problem('phone', `PHONE_${read.fault}`, zh, en)]
    return { ...refused('InvalidEvaluation', 'PHONE_MALFORMED'), problems }
  }
  const phoneHash = crypto.lookupHash('PHONE', read.number)
  if (!context.phoneSearches.begin(code.handle, phoneHash)) return refused('RatingCodeRefused', 'PROOF_TOO_OFTEN')
  const found = await casesOfPhone(read.number, code, staticCode, context)
  if (found.isKnown) context.phoneSearches.found(code.handle, phoneHash)
  return { cases: found.cases }
}

async function casesOfPhone(phone: string, code: RatingCode, staticCode: KnownStaticCode, context: EvaluationsContext) {
  const now = context.now()
  const days = policyOfCase(staticCode.policyId, now).lateWindowDays.value + 1
  const since = new Date(now.getTime() - days * DAY_MS)
  const known = await askCasesOfContact(context.cases(), phone, since, placeOf(staticCode))
  const cases = await context.database.inScope(searchScope, async tx => {
    for (const each of known) await keepKnownCase(tx, each)
    return ticketsOf(
      tx,
      known.map(({ caseId }) => caseId),
      code,
      context,
    )
  })
  return { isKnown: known.length > 0, cases }
}

/** Cases lie where they were served: those of a person may lie at several windows, those of the province in all its halls. */
function placeOf({ subjectKind, placement }: KnownStaticCode): ContactPlace {
  const { regionPath, hallId, staffMemberId } = placement
  return {
    regionPath,
    hallId: subjectKind === 'HALL' ? hallId : null,
    staffMemberId: subjectKind === 'STAFF_MEMBER' ? staffMemberId : null,
  }
}

async function casesOfViewer(
  code: RatingCode,
  staticCode: KnownStaticCode,
  context: EvaluationsContext,
): Promise<OwnCase[]> {
  const { viewer, database } = context
  const caseIds = viewer.scope.reach === 'CASES' ? viewer.scope.caseIds : []
  const { regionPath, hallId, staffMemberId } = placeOf(staticCode)
  const place = {
    reach: 'REGION',
    regionPath,
    ...(hallId && { hallId }),
    ...(staffMemberId && { staffMemberId }),
  } as const
  return database.inScope(searchScope, tx =>
    ticketsOf(tx, caseIds, code, context, ({ serviceCase }) => scopeCovers(place, serviceCase.placement)),
  )
}

/** Tickets for those of these cases that can be rated now and were not. */
async function ticketsOf(
  transaction: Transaction,
  caseIds: readonly string[],
  code: RatingCode,
  { now, crypto }: EvaluationsContext,
  isAtPlace: (found: CodableCase) => boolean = () => true,
): Promise<OwnCase[]> {
  const at = now()
  const found = await codableCases(transaction, caseIds, FIRST_SERVICE.serviceNumber)
  const open = found.filter(each => !each.isEvaluated && isAtPlace(each) && isRateable(each, at)).slice(0, MOST_CASES)
  const cases: OwnCase[] = []
  for (const { serviceCase, codePoint } of open) {
    const { caseNumber, closedAt, departmentName, windowNumber } = serviceCase
    const point = codePoint ?? (await keepCodePoint(transaction, serviceCase, FIRST_SERVICE, at))
    const formTicket = mintTicket({ kind: 'PROVEN', issuedAt: at, ...point }, code, crypto.codeMac)
    const shown = { caseNumber: shortenedCaseNumber(caseNumber), closedAt: closedAt!, departmentName, windowNumber }
    cases.push({ formTicket, ...shown })
  }
  return cases
}

/** Overdue cases (逾期办件) have no time of closing that could be shown; they are rated by their own codes. */
function isRateable({ serviceCase }: CodableCase, at: Date): boolean {
  const policy = policyOfCase(serviceCase.policyId, at)
  return serviceCase.closedAt !== null && !problemOfCase(rateableCase(serviceCase, false), 1, at, policy)
}
