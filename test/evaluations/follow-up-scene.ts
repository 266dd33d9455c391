import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import {
  closedCase,
  type EvaluationsScene,
  freshToken,
  openForm,
  type ReportedCase,
  submit,
} from './evaluations-scene.ts'
import { smsToken, staticToken } from './ways-to-rate-scene.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as a whole
type Any = any

export type FirstRating = { id: string; receiptNumber: string; caseId: string; reported: ReportedCase; token: string }

/** A case that was rated for the first time, level 5 unless told otherwise. */
export async function ratedCase(
  scene: EvaluationsScene,
  input: Record<string, unknown> = {},
  facts: Partial<ReportedCase> = {},
): Promise<FirstRating> {
  const reported = closedCase(scene.clock.now, facts)
  await scene.report(reported)
  const token = await freshToken(scene, reported.caseNumber)
  const { evaluation, receiptNumber } = await submit(scene, { token, ...input })
  return { id: evaluation.id, receiptNumber, caseId: reported.caseId, reported, token }
}

/** A bad rating by SMS reply: its level alone. */
export async function ratedBySms(scene: EvaluationsScene, facts: Partial<ReportedCase> = {}): Promise<FirstRating> {
  const reported = closedCase(scene.clock.now, facts)
  await scene.report(reported)
  const token = await smsToken(scene, reported)
  const [invitation] = await scene.rows<{ id: string }>(
    'select id from evaluations.sms_invitations where case_id = $1',
    [reported.caseId],
  )
  const { takeSmsReply } = await scene.ask(
    systemViewer('door'),
    'mutation ($id: ID!) { takeSmsReply(invitationId: $id, level: 2) }',
    { id: invitation!.id },
  )
  const { receiptNumber } = JSON.parse(takeSmsReply)
  const [row] = await scene.rows<{ id: string }>('select id from evaluations.evaluations where case_id = $1', [
    reported.caseId,
  ])
  return { id: row!.id, receiptNumber, caseId: reported.caseId, reported, token }
}

/** A visit at the hall's static code that was rated without a case. */
export async function ratedVisit(scene: EvaluationsScene, input: Record<string, unknown> = {}) {
  const { token, id: staticCodeId } = await staticToken(scene, 'HALL')
  const { formTicket } = await openForm(scene, token)
  const { evaluation, receiptNumber } = await submit(scene, { token, formTicket, ...input })
  return { id: evaluation.id as string, receiptNumber: receiptNumber as string, staticCodeId, token }
}

const problems = '... on InvalidEvaluation { problems { path code message messageEnglish } } ... on UserError { code }'

/** Hands a second rating in, as nobody known unless told otherwise; level 5 unless told otherwise. */
export async function append(
  scene: Pick<EvaluationsScene, 'ask'>,
  input: Record<string, unknown>,
  viewer: Viewer = anonymousViewer,
): Promise<Any> {
  const { appendEvaluation } = await scene.ask(
    viewer,
    `mutation ($input: AppendEvaluationInput!) { appendEvaluation(input: $input) { __typename
      ... on SubmitEvaluationSuccess { isNew receiptNumber evaluation { id score round channel } } ${problems} } }`,
    { input: { level: 'VERY_SATISFIED', ...input } },
  )
  return appendEvaluation
}

/** Adds to a rating, as nobody known unless told otherwise. */
export async function supplement(
  scene: Pick<EvaluationsScene, 'ask'>,
  input: Record<string, unknown>,
  viewer: Viewer = anonymousViewer,
): Promise<Any> {
  const { supplementEvaluation } = await scene.ask(
    viewer,
    `mutation ($input: SupplementEvaluationInput!) { supplementEvaluation(input: $input) { __typename
      ... on SupplementEvaluationSuccess { evaluation { id score supplement { text items { code } subRatings { attitude attitudeReason } } pictures { id } } }
      ${problems} } }`,
    { input },
  )
  return supplementEvaluation
}

/** What may still be done with a rating; null when it is unknown. */
export async function followUpForm(
  scene: Pick<EvaluationsScene, 'ask'>,
  named: { receiptNumber?: string; evaluationId?: string },
  viewer: Viewer = anonymousViewer,
): Promise<Any> {
  const { followUpForm: form } = await scene.ask(
    viewer,
    `query ($receiptNumber: String, $evaluationId: ID) { followUpForm(receiptNumber: $receiptNumber, evaluationId: $evaluationId) {
      canSupplement canAppend textLimit pictureLimit subRatings { kind } levels { score isReasonRequired items { code } } } }`,
    named,
  )
  return form
}
