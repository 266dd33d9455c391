import { type DocumentNote, readCallerDocument } from '../../shared/people/caller-document.ts'
import { maskDocumentNumber } from '../../shared/people/mask.ts'
import type { EvaluationsContext } from '../context.ts'
import { type PhoneRatingForm, phoneRatingForm } from '../domain/phone-form.ts'
import { mayFindCallerCases } from '../domain/phone-permission.ts'
import { LONGEST_WINDOW_MS, lastDayOf, phoneWindowEndsAt } from '../domain/phone-window.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { problem } from '../domain/problem.ts'
import { problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { type KnownCase, keepKnownCase } from '../store/known-case.ts'
import { keepLook } from '../store/personal-looks.ts'
import { unratedServices } from '../store/phone-services.ts'
import { askCasesOfDocument } from './ask-cases.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'

/** An unrated service of a caller; nothing of him is in clear. */
export type CallerCase = {
  serviceCase: KnownCase
  serviceNumber: number
  lastDay: string | null
  form: PhoneRatingForm
}

export type CallerCasesFound = {
  documentKind: 'IDENTITY_NUMBER' | 'CREDIT_CODE'
  maskedDocumentNumber: string
  warnings: DocumentNote[]
  cases: CallerCase[]
}

const factsScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Finds the unrated cases of a caller (热线查办件) in the viewer's scope, closed within the invitation window of their policy. The search is
 * kept with what it found; the number itself is kept by its hash alone.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function findCallerCases(
  { documentNumber }: { documentNumber: string },
  context: EvaluationsContext,
): Promise<CallerCasesFound | InvalidInput | Refused<'NotPermitted'>> {
  const { viewer, database, crypto } = context
  if (!mayFindCallerCases(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const now = context.now()
  const read = readCallerDocument(documentNumber, now)
  if (!read.ok) {
    const { code, zh, en } = read.fault
    return invalidInput([problem('documentNumber', code, zh, en)])
  }
  const since = new Date(now.getTime() - LONGEST_WINDOW_MS)
  const known = await askCasesOfDocument(context.cases(), read.number, since, viewer.scope)
  await database.inScope(factsScope, async tx => {
    for (const each of known) await keepKnownCase(tx, each)
  })
  const ids = known.map(({ caseId }) => caseId)
  const cases = await database.inScope(viewer.scope, async tx => {
    const found = (await unratedServices(tx, ids)).flatMap(service => callerCase(service, now, context))
    const searchedHash = crypto.lookupHash('DOCUMENT_NUMBER', read.number)
    await keepLook(tx, viewer, { purpose: 'SEARCH', searchedHash, foundCount: found.length, at: now })
    return found
  })
  const { kind: documentKind, warnings } = read
  return { documentKind, maskedDocumentNumber: maskDocumentNumber(read.number), warnings, cases }
}

function callerCase(
  { serviceCase, serviceNumber }: Pick<CallerCase, 'serviceCase' | 'serviceNumber'>,
  now: Date,
  { calendar }: EvaluationsContext,
): CallerCase[] {
  const policy = policyOfCase(serviceCase.policyId, now)
  const endsAt = phoneWindowEndsAt(serviceCase.closedAt!, policy, calendar)
  if ((endsAt && endsAt <= now) || problemOfCase(rateableCase(serviceCase, false), 1, now, policy)) return []
  const form = phoneRatingForm(serviceCase, policy, now)
  return [{ serviceCase, serviceNumber, lastDay: lastDayOf(endsAt), form }]
}
