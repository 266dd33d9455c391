import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Role, type Viewer } from '../../subgraphs/shared/viewer.ts'
import type { SmsRatingScene } from '../exchange/sms-rating-scene.ts'
import { regionPaths } from '../kit/small-directory.ts'
import { waitFor } from '../kit/wait-for.ts'

// biome-ignore lint/suspicious/noExplicitAny: answers are compared as a whole
type Any = any

/** An account of this role over a region with a telephone of its own, and who it is when signed in. */
export async function operator(
  scene: SmsRatingScene,
  role: Role,
  {
    region = 'cityA',
    contact = '0371-00012345',
    name = '示例话务员',
  }: {
    region?: keyof typeof regionPaths
    contact?: string | null
    name?: string
  } = {},
): Promise<Viewer> {
  const id = newId()
  await scene.rows(
    `insert into cases.accounts (id, name, display_name, role, region_path, password_hash, contact) values ($1::uuid, $1::text, $2, $3, $4, 'none', $5)`,
    [id, name, role, regionPaths[region], contact],
  )
  return {
    ...anonymousViewer,
    id,
    kind: 'STAFF',
    role,
    name,
    scope: { reach: 'REGION', regionPath: regionPaths[region] },
    sessionId: newId(),
  }
}

const invitationFields = `id state endReason matterName departmentName hallName windowNumber staffNumber closedAt expiresAt lastDay callCount
  lastOutcome lastNote callAgainAt lockedUntil lockedByName isHeldByViewer serviceCase { id }
  form { depth textLimit levels { level items { code } } subRatings { kind isRequired } }`

const documents = {
  findCallerCases: `mutation ($input: FindCallerCasesInput!) { answer: findCallerCases(input: $input) {
    __typename
    ... on FindCallerCasesSuccess { documentKind maskedDocumentNumber warnings { code }
      cases { serviceCase { id } serviceNumber matterName departmentName hallName windowNumber staffNumber closedAt lastDay
        form { depth textLimit levels { level items { code } } subRatings { kind isRequired } } } }
    ... on InvalidEvaluation { problems { path code } } ... on UserError { code } } }`,
  submitPhoneEvaluation: `mutation ($input: SubmitPhoneEvaluationInput!) { answer: submitPhoneEvaluation(input: $input) {
    __typename ... on SubmitPhoneEvaluationSuccess { isNew evaluation { id score channel } }
    ... on InvalidEvaluation { problems { path code } } ... on UserError { code } } }`,
  nextPhoneInvitation: `mutation ($hallId: ID) { answer: nextPhoneInvitation(hallId: $hallId) {
    __typename ... on NextPhoneInvitationSuccess { invitation { ${invitationFields} } } ... on UserError { code } } }`,
  releasePhoneInvitation: `mutation ($input: ReleasePhoneInvitationInput!) { answer: releasePhoneInvitation(input: $input) {
    __typename ... on ReleasePhoneInvitationSuccess { invitation { state lockedUntil } } ... on UserError { code } } }`,
  recordCallOutcome: `mutation ($input: RecordCallOutcomeInput!) { answer: recordCallOutcome(input: $input) {
    __typename ... on RecordCallOutcomeSuccess { invitation { ${invitationFields} } }
    ... on InvalidEvaluation { problems { path code } } ... on UserError { code } } }`,
  revealCallBackContact: `mutation ($input: RevealCallBackContactInput!) { answer: revealCallBackContact(input: $input) {
    __typename ... on RevealCallBackContactSuccess { contactName contactPhone relation } ... on UserError { code } } }`,
  recordCallBack: `mutation ($input: RecordCallBackInput!) { answer: recordCallBack(input: $input) {
    __typename ... on RecordCallBackSuccess { callBack { state result isMismatch attempts statedLevel calledByName } }
    ... on InvalidEvaluation { problems { path code } } ... on UserError { code } } }`,
  phoneInvitations: `query ($filter: PhoneInvitationFilter, $first: Int, $after: String) {
    answer: phoneInvitations(filter: $filter, first: $first, after: $after) {
      counts { open locked expiringToday } edges { cursor node { id state endReason lastDay serviceCase { id } } } pageInfo { hasNextPage endCursor } } }`,
  callBacks: `query ($filter: CallBackFilter) { answer: callBacks(filter: $filter) { openCount edges { node {
    evaluation { id score } source operatorName operatorContact recordedLevel matterName maskedContactPhone state result isMismatch attempts } } } }`,
  operatorFigures: `query ($since: DateTime!, $until: DateTime!) { answer: operatorFigures(since: $since, until: $until) {
    ratings shareOfFives meanLevel operators { operatorId operatorName ratings shareOfFives meanLevel distance isOutlier confirmed mismatches } } }`,
}

/** Asks one field of the ratings by telephone; the answer of that field. */
export async function phone(
  scene: SmsRatingScene,
  viewer: Viewer,
  field: keyof typeof documents,
  variables: Record<string, unknown> = {},
): Promise<Any> {
  return (await scene.ask('evaluations', viewer, documents[field], variables)).answer
}

/** Waits until the person of each of these cases is known, so that he can be called. */
export const callable = (scene: SmsRatingScene, ...caseIds: string[]) =>
  waitFor(async () => {
    const sql = `select from evaluations.phone_invitations where case_id = any ($1::uuid[]) and person_key is not null`
    return (await scene.rows(sql, [caseIds])).length === caseIds.length
  }, 'invitations that can be called')

/** A whole rating by telephone of a case: level 5 unless told otherwise. */
export const saidOnPhone = (caseId: string, changes: Record<string, unknown> = {}) => ({
  input: {
    caseId,
    source: 'HOTLINE',
    level: 'VERY_SATISFIED',
    items: ['517'],
    subRatings: { environment: 'GOOD', attitude: 'GOOD' },
    contactName: '苏小满',
    contactPhone: '13900000000',
    ...changes,
  },
})
