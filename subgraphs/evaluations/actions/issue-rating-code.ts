import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import type { EvaluationsContext } from '../context.ts'
import { caseRefusal } from '../domain/case-refusal.ts'
import { type IssuedKind, mayIssueRatingCode, scopeCoversCase } from '../domain/permission.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { isPromptedFor, promptDuty } from '../domain/prompt-duty.ts'
import { lateWindowEndsAt, problemOfCase, rateableCase } from '../domain/rateable-case.ts'
import { mintRatingCode, openedFormExpiresAt, type RatingCode, screenCodeExpiresAt } from '../domain/rating-code.ts'
import { type CodableCase, codableCase, keepCodePoint } from '../store/case-code.ts'
import { type KnownCase, keepKnownCase } from '../store/known-case.ts'
import { notePromptDuty } from '../store/prompt-duties.ts'
import { askCases } from './ask-cases.ts'
import { type CheckedOrder, type CodeOrder, checkCodeOrder } from './check-code-order.ts'
import { type Refused, refused } from './refused.ts'

/** A code that was made (评价码); screens ask for the next one at `nextCodeAt`. */
export type IssuedCode = {
  url: string
  token: string
  kind: IssuedKind
  issuedAt: Date
  expiresAt: Date
  nextCodeAt: Date | null
}

const systemScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Makes the rating code of one service of one case (动态二维码): it names who serves at which window now, so that the rating stays with
 * him after a re-assignment. A case outside the viewer's scope is unknown to him, and whether it was rated no code tells.
 *
 * @throws BAD_USER_INPUT for an order that nobody can mean
 */
export async function issueRatingCode(
  given: CodeOrder,
  context: EvaluationsContext,
): Promise<{ ratingCode: IssuedCode; promptDuty: string | null } | Refused<'CaseNotRateable' | 'NotPermitted'>> {
  const { viewer, database } = context
  const order = checkCodeOrder(given)
  const { kind, serviceNumber } = order
  if (!mayIssueRatingCode(viewer, kind)) return refused('NotPermitted', 'NOT_PERMITTED')
  const found = await findCase(order, context)
  if (!found) return refused('CaseNotRateable', 'CASE_UNKNOWN', { caseNumber: given.caseNumber })
  const { serviceCase, isEvaluated } = found
  const now = context.now()
  const policy = policyOfCase(serviceCase.policyId, now)
  const problem = problemOfCase(rateableCase(serviceCase, isEvaluated), 1, now, policy)
  if (problem) return { refusedAs: 'CaseNotRateable', refusal: caseRefusal(problem.code, serviceCase, policy) }
  if (kind === 'RECEIPT' && !serviceCase.phoneLastFourHash) return refused('CaseNotRateable', 'CASE_WITHOUT_PHONE')

  // A terminal has points of its own; the one that was found is that of the clerk.
  const known = order.terminalNumber === null ? found.codePoint : null
  const mustPrompt = isPromptedFor(viewer, kind) && !found.isPrompted
  const { point, isFirst } =
    known && !mustPrompt
      ? { point: known, isFirst: false }
      : await database.inScope(viewer.scope, async tx => ({
          point: known ?? (await keepCodePoint(tx, serviceCase, order, now)),
          isFirst: mustPrompt && (await notePromptDuty(tx, serviceCase, serviceNumber, { at: now, toId: viewer.id })),
        }))
  const code: RatingCode & { kind: IssuedKind } = { kind, issuedAt: now, ...point }
  const token = mintRatingCode(code, context.crypto.codeMac)
  const life = lifetime(code, serviceCase, policy)
  const ratingCode = { url: `${context.publicUrl}/r/${token}`, token, kind, issuedAt: now, ...life }
  return { ratingCode, promptDuty: isFirst ? promptDuty : null }
}

async function findCase(order: CheckedOrder, context: EvaluationsContext): Promise<CodableCase | null> {
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
  if (!known || !scopeCoversCase(viewer.scope, known)) return found
  await database.inScope(systemScope, tx => keepKnownCase(tx, known))
  return find()
}

// Facts travel within a second; a window asks for its code in the very moment in which the case was closed. A terminal prints a receipt
// code, which needs its proof.
function isWorthAsking(serviceCase: KnownCase, kind: IssuedKind): boolean {
  const needsPhone = kind === 'RECEIPT' || kind === 'TERMINAL'
  return serviceCase.state !== 'CLOSED' || (needsPhone && serviceCase.phoneLastFourHash === null)
}

function lifetime(
  code: RatingCode,
  { closedAt }: KnownCase,
  policy: JurisdictionPolicy,
): Pick<IssuedCode, 'expiresAt' | 'nextCodeAt'> {
  const minute = { issuedAt: new Date(Math.floor(code.issuedAt.getTime() / 60_000) * 60_000) }
  switch (code.kind) {
    case 'RECEIPT':
      // An overdue case has no end yet; as long as after its closing it can be rated in any event.
      return { expiresAt: lateWindowEndsAt(closedAt ?? code.issuedAt, policy), nextCodeAt: null }
    case 'SCREEN': {
      const roll = policy.codeLifetimes.value.screenRollSeconds * 1000
      return { expiresAt: screenCodeExpiresAt(minute, policy), nextCodeAt: new Date(code.issuedAt.getTime() + roll) }
    }
    case 'TERMINAL':
      return { expiresAt: screenCodeExpiresAt(minute, policy), nextCodeAt: null }
    default:
      return { expiresAt: openedFormExpiresAt(minute, policy), nextCodeAt: null }
  }
}
