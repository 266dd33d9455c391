import { graphError } from '../../shared/graph-error.ts'
import { scopeCovers } from '../../shared/scope-covers.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { mayIssueRatingCode } from '../domain/permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { lateWindowEndsAt, problemOfCase } from '../domain/rateable-case.ts'
import { mintRatingCode, type RatingCode, screenCodeExpiresAt } from '../domain/rating-code.ts'
import { type CodableCase, codableCase, keepCodePoint } from '../store/case-code.ts'
import { type KnownCase, keepKnownCase } from '../store/known-case.ts'
import { askCases } from './ask-cases.ts'
import { type Refused, refused } from './refused.ts'

export type CodeOrder = { caseNumber: string; kind: 'SCREEN' | 'RECEIPT'; serviceNumber: number }

/** A code that was made (评价码); screens ask for the next one at `nextCodeAt`. */
export type IssuedCode = {
  url: string
  token: string
  kind: CodeOrder['kind']
  issuedAt: Date
  expiresAt: Date
  nextCodeAt: Date | null
}

const systemScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Makes the rating code of one service of one case (动态二维码): it names who serves at which window now, so that the rating stays with
 * him after a re-assignment. A case outside the viewer's scope is unknown to him.
 */
export async function issueRatingCode(
  order: CodeOrder,
  context: EvaluationsContext,
): Promise<IssuedCode | Refused<'CaseNotRateable' | 'NotPermitted'>> {
  const { viewer, database } = context
  if (!mayIssueRatingCode(viewer)) return refused('NotPermitted', 'NOT_PERMITTED')
  const { kind, serviceNumber } = order
  if (serviceNumber < 1 || serviceNumber > 99) {
    throw graphError('BAD_USER_INPUT', { fact: `serviceNumber 1–99: ${serviceNumber}` })
  }
  const found = await findCase({ ...order, caseNumber: order.caseNumber.trim() }, context)
  if (!found) return refused('CaseNotRateable', 'CASE_UNKNOWN', { caseNumber: order.caseNumber })
  const { serviceCase, isEvaluated } = found
  const now = context.now()
  const policy = policyOfCase(serviceCase.policyId, now)
  const problem = problemOfCase(
    { ...serviceCase, isVoid: !serviceCase.isValid, hasFirstRating: isEvaluated },
    1,
    now,
    policy,
  )
  if (problem) return { refusedAs: 'CaseNotRateable', refusal: caseRefusal(problem.code, policy) }
  if (isEvaluated) return refused('CaseNotRateable', 'ALREADY_EVALUATED')
  if (kind === 'RECEIPT' && !serviceCase.phoneLastFourHash) return refused('CaseNotRateable', 'CASE_WITHOUT_PHONE')

  const point =
    found.codePoint ?? (await database.inScope(viewer.scope, tx => keepCodePoint(tx, serviceCase, serviceNumber, now)))
  const code: RatingCode = { kind, issuedAt: now, ...point }
  const token = mintRatingCode(code, context.crypto.codeMac)
  return { url: `${context.publicUrl}/r/${token}`, token, kind, issuedAt: now, ...lifetime(code, serviceCase, policy) }
}

async function findCase(order: CodeOrder, context: EvaluationsContext): Promise<CodableCase | null> {
  const { database, viewer } = context
  const find = () => database.inScope(viewer.scope, tx => codableCase(tx, order.caseNumber, order.serviceNumber))
  const found = await find()
  if (found && !isWorthAsking(found.serviceCase, order.kind)) return found
  const known = await askCases(context.cases(), order.caseNumber).catch(error => {
    if (!found) throw error
    context.log.warn({ error }, 'cases could not be asked, the code is judged by what is known')
    return null
  })
  // A stranger's question leaves no trace, and takes him no longer than one for a number that exists nowhere.
  if (!known || !scopeCovers(viewer.scope, known.placement)) return found
  await database.inScope(systemScope, tx => keepKnownCase(tx, known))
  return find()
}

// Facts travel within a second; a window asks for its code in the very moment in which the case was closed.
function isWorthAsking(serviceCase: KnownCase, kind: CodeOrder['kind']): boolean {
  return serviceCase.state !== 'CLOSED' || (kind === 'RECEIPT' && serviceCase.phoneLastFourHash === null)
}

function lifetime(
  code: RatingCode,
  { closedAt }: KnownCase,
  policy: ReturnType<typeof policyOfCase>,
): Pick<IssuedCode, 'expiresAt' | 'nextCodeAt'> {
  if (code.kind === 'RECEIPT') return { expiresAt: lateWindowEndsAt(closedAt!, policy), nextCodeAt: null }
  const minute = new Date(Math.floor(code.issuedAt.getTime() / 60_000) * 60_000)
  const roll = policy.codeLifetimes.value.screenRollSeconds * 1000
  return {
    expiresAt: screenCodeExpiresAt({ issuedAt: minute }, policy),
    nextCodeAt: new Date(code.issuedAt.getTime() + roll),
  }
}
