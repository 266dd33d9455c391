import { DeviceRatingFormDocument, ShowRatingCodeDocument } from '../kit/generated/operations.ts'
import { graphRequest } from '../kit/graph-request.ts'
import type { ServerClock } from '../kit/server-clock.ts'
import type { ClosedCase, OpenedCase, ShownCode } from './kiosk-state.ts'

/** Why the hub gives no code or form, in its own words. */
export type Said = { message: string; messageEnglish: string; remedy: string }

type Asked = { deviceKey: string; clock: ServerClock }

/** A fresh code of a case (动态二维码). @throws GraphFault */
export async function freshCode(
  { caseNumber }: Pick<ClosedCase, 'caseNumber'>,
  { deviceKey, clock }: Asked,
): Promise<{ code: ShownCode; promptDuty: string | null } | { refusedAs: Said }> {
  const { issueRatingCode: answer } = await graphRequest(ShowRatingCodeDocument, { caseNumber }, deviceKey)
  if (answer.__typename !== 'IssueRatingCodeSuccess') return { refusedAs: answer }
  clock.note(answer.ratingCode.issuedAt)
  return { code: answer.ratingCode, promptDuty: answer.promptDuty }
}

/** Fetches all that is needed to rate a case, so that it can be rated even if the network goes now. @throws GraphFault */
export async function openCase(
  serviceCase: ClosedCase,
  asked: Asked,
): Promise<{ opened: OpenedCase } | { refusedAs: Said }> {
  const fresh = await freshCode(serviceCase, asked)
  if ('refusedAs' in fresh) return fresh
  const { code, promptDuty } = fresh
  const { ratingForm: form, serviceCase: known } = await graphRequest(
    DeviceRatingFormDocument,
    { token: code.token, caseId: serviceCase.id },
    asked.deviceKey,
  )
  if (form.state !== 'OPEN') return { refusedAs: { ...form, remedy: '' } }
  const staticCode = known?.staffMember?.staticCode?.svg ?? null
  return { opened: { form, formToken: code.token, code, staticCode, promptDuty } }
}
