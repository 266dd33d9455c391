import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import type { EvaluationsContext } from '../context.ts'
import { type CodeFault, codeState, readScannedCode } from '../domain/code-validity.ts'
import { policyOfCase } from '../domain/policy-of-case.ts'
import { type RatedSubject, subjectOfService, subjectOfVisit } from '../domain/rated-subject.ts'
import type { OpenedKind } from '../domain/rater.ts'
import { openedFormState, type RatingCode, readTicket, type Ticket } from '../domain/rating-code.ts'
import { isSmsToken, smsTokenHashes } from '../domain/sms-token.ts'
import type { KnownStaticCode } from '../store/known-static-code.ts'
import type { RatedService } from '../store/rated-service.ts'
import { serviceOfSmsLink } from '../store/sms-link.ts'

/** What a token, with the ticket beside it, lets in now (准入). */
export type Admitted = {
  kind: OpenedKind
  /** Null for an SMS link. */
  code: RatingCode | null
  policy: JurisdictionPolicy
  /** Null unless a static code was scanned. */
  staticCode: KnownStaticCode | null
  /** Null for a visit without a case. */
  service: RatedService | null
  /** Null at a static code at which neither a visit was opened nor a case picked. */
  subject: RatedSubject | null
  /** The ticket that was handed in, while it lasts. */
  ticket: string | null
}

/** Why nothing is let in; a service that was rated may say so instead of that its code is too old. */
export type NotAdmitted = { fault: CodeFault; isEvaluated: boolean }

const linkScope = { reach: 'EVERYTHING', name: 'rating-code' } as const
const invalid: NotAdmitted = { fault: 'CODE_INVALID', isEvaluated: false }

/**
 * Finds what a scanned token is about, and whether it may be rated by it at that moment: the code is checked before any database read, a
 * ticket that is altered or of another code is refused, never overlooked. Proof and case are judged by the caller.
 */
export async function admitRating(
  token: string,
  formTicket: string | null,
  at: Date,
  context: EvaluationsContext,
): Promise<Admitted | NotAdmitted> {
  if (isSmsToken(token)) return admitByLink(token, at, context)
  const { codeMac } = context.crypto
  const code = readScannedCode(token, codeMac)
  if (!code) return invalid
  const reading = formTicket === null ? null : readTicket(formTicket, code, codeMac)
  if (reading && !reading.ok) return invalid
  const ticket = reading && { text: formTicket!, ...reading.code }
  return code.kind === 'STATIC' ? admitAtStaticCode(code, ticket, at, context) : admitCase(code, ticket, at, context)
}

type HeldTicket = Ticket & { text: string }

async function admitByLink(token: string, at: Date, context: EvaluationsContext): Promise<Admitted | NotAdmitted> {
  const hashes = smsTokenHashes(token, context.crypto.codeMac)
  const service = await context.database.inScope(linkScope, tx => serviceOfSmsLink(tx, hashes))
  if (!service) return invalid
  const policy = policyOfCase(service.serviceCase.policyId, at)
  const subject = subjectOfService(service)
  return { kind: 'SMS', code: null, policy, staticCode: null, service, subject, ticket: null }
}

async function admitCase(
  code: RatingCode,
  ticket: HeldTicket | null,
  at: Date,
  context: EvaluationsContext,
): Promise<Admitted | NotAdmitted> {
  const service = await context.ratedServices.add(code)
  if (!service) return invalid
  const policy = policyOfCase(service.serviceCase.policyId, at)
  const isTicketCurrent = ticket !== null && openedFormState(ticket, at, policy) === 'CURRENT'
  if (!isTicketCurrent && codeState(code, at, policy) !== 'CURRENT') {
    return { fault: 'CODE_EXPIRED', isEvaluated: service.isEvaluated }
  }
  const subject = subjectOfService(service)
  const { kind } = code
  return { kind, code, policy, staticCode: null, service, subject, ticket: isTicketCurrent ? ticket.text : null }
}

/** A ticket that was given while the code was in use outlives its retirement: nobody loses what he is writing. */
async function admitAtStaticCode(
  code: RatingCode,
  ticket: HeldTicket | null,
  at: Date,
  context: EvaluationsContext,
): Promise<Admitted | NotAdmitted> {
  const staticCode = await context.staticCodes.add(code.handle)
  if (!staticCode || staticCode.state === 'REQUESTED' || staticCode.state === 'REFUSED') return invalid
  const policy = policyOfCase(staticCode.policyId, at)
  const service = ticket?.kind === 'PROVEN' ? await context.ratedServices.add(ticket) : null
  if (ticket?.kind === 'PROVEN' && !service) return invalid
  const isTicketCurrent = ticket !== null && openedFormState(ticket, at, policy) === 'CURRENT'
  if (ticket && !isTicketCurrent) return { fault: 'CODE_EXPIRED', isEvaluated: service?.isEvaluated ?? false }
  if (!ticket && staticCode.state === 'RETIRED') return { fault: 'CODE_RETIRED', isEvaluated: false }
  const admitted = { kind: 'STATIC', code, staticCode, service, ticket: ticket?.text ?? null } as const
  if (service) {
    const subject = { ...subjectOfService(service), staticCodeId: staticCode.id }
    return { ...admitted, policy: policyOfCase(service.serviceCase.policyId, at), subject }
  }
  return { ...admitted, policy, subject: ticket && subjectOfVisit(staticCode, ticket) }
}
