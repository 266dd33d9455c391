import { mintRatingCode } from '../../subgraphs/evaluations/domain/rating-code.ts'
import { smsTokenHash, smsTokenOf } from '../../subgraphs/evaluations/domain/sms-token.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { anonymousViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { regionPaths, smallDirectory } from '../kit/small-directory.ts'
import type { EvaluationsScene, ReportedCase } from './evaluations-scene.ts'

const { departments, halls, staff, regions } = smallDirectory
const nobody = { hall_name: null, hall_id: null, staff_number: null, staff_name: null, staff_member_id: null }
const inHall = { hall_name: '甲州市政务大厅', hall_id: halls.hallA }

/** What the four kinds of static codes stand for in the small directory. */
const subjects = {
  HALL: { ...nobody, ...inHall, subject_id: halls.hallA, region_path: regionPaths.cityA, region_name: '甲州市' },
  STAFF_MEMBER: {
    ...inHall,
    subject_id: staff.socialSecurityA,
    staff_number: 'SB001',
    staff_name: '林晓禾',
    staff_member_id: staff.socialSecurityA,
    region_path: regionPaths.cityA,
    region_name: '甲州市',
  },
  PROVINCE: { ...nobody, subject_id: regions.province, region_path: regionPaths.province, region_name: '豫示省' },
  PLATFORM: { ...nobody, subject_id: regions.province, region_path: regionPaths.province, region_name: '豫示省' },
}

export type StaticToken = { id: string; handle: string; token: string; printedId: string }

let serial = 0

/** A static code with its token, in use unless told otherwise. */
export async function staticToken(
  scene: EvaluationsScene,
  subjectKind: keyof typeof subjects,
  state: 'REQUESTED' | 'ACTIVE' | 'REFUSED' | 'RETIRED' = 'ACTIVE',
): Promise<StaticToken> {
  serial += 1
  const id = newId(scene.clock.now.getTime())
  const handle = `5747${String(serial).padStart(8, '0')}`
  const printedId = `41-TEST-${String(serial).padStart(4, '0')}`
  const row = {
    id,
    handle: `\\x${handle}`,
    printed_id: printedId,
    subject_kind: subjectKind,
    state,
    city_code: '410100',
    policy_id: 'henan',
    department_name: '甲州市政务服务局',
    department_id: departments.bureau,
    requested_at: scene.clock.now,
    requested_by_name: '示例',
    ...subjects[subjectKind],
  }
  const columns = Object.keys(row).join(', ')
  if (subjectKind === 'STAFF_MEMBER') {
    // A person has one code in use.
    await scene.rows(`update evaluations.static_codes set state = 'RETIRED' where subject_kind = 'STAFF_MEMBER'`)
  }
  await scene.rows(
    `insert into evaluations.static_codes (${columns}) select ${columns} from json_populate_record(null::evaluations.static_codes, $1::json)`,
    [JSON.stringify(row)],
  )
  const code = { kind: 'STATIC', handle, point: 0, issuedAt: scene.clock.now } as const
  return { id, handle, printedId, token: mintRatingCode(code, scene.crypto.codeMac) }
}

/** A person who signed in, with these cases of his. */
export function citizenViewer(...cases: readonly ReportedCase[]): Viewer {
  return {
    ...anonymousViewer,
    id: newId(),
    kind: 'CITIZEN',
    role: 'CITIZEN',
    name: '示例市民',
    scope: { reach: 'CASES', caseIds: cases.map(({ caseId }) => caseId) },
    sessionId: newId(),
  }
}

/** The token of the invitation by SMS to rate a case; the hub makes one of its own for every closed case. */
export async function smsToken(scene: EvaluationsScene, reported: ReportedCase): Promise<string> {
  const id = newId(scene.clock.now.getTime())
  const token = smsTokenOf(id, scene.crypto.codeMac)
  const row = {
    id,
    case_id: reported.caseId,
    service_number: 1,
    city_code: reported.cityCode,
    policy_id: reported.policyId,
    token_hash: smsTokenHash(token, scene.crypto.codeMac),
    state: 'SENT',
    created_at: scene.clock.now,
    region_path: reported.regionPath,
    department_id: reported.departmentId,
    line_id: reported.lineId,
    hall_id: reported.hallId,
    window_id: reported.windowId,
    staff_member_id: reported.staffMemberId,
  }
  const columns = Object.keys(row).join(', ')
  await scene.rows(
    `insert into evaluations.sms_invitations (${columns})
     select ${columns} from json_populate_record(null::evaluations.sms_invitations, $1::json)
     on conflict (case_id, service_number) do update set token_hash = excluded.token_hash, state = excluded.state`,
    [JSON.stringify(row)],
  )
  return token
}

/** A picture that waits for its rating under a keeper; answers its id. */
export async function uploadedPicture(scene: EvaluationsScene, keeper: string, hoursAgo = 0): Promise<string> {
  const id = newId(scene.clock.now.getTime())
  const uploadedAt = new Date(scene.clock.now.getTime() - hoursAgo * 3_600_000)
  await scene.rows(
    `insert into evaluations.uploaded_pictures (id, keeper, width, height, byte_count, sha256, uploaded_at)
     values ($1, $2, 800, 600, 12345, $3, $4)`,
    [id, keeper, `sha of ${id}`, uploadedAt],
  )
  return id
}

const findMutation = `mutation Find($input: FindOwnCasesInput!) {
  findOwnCases(input: $input) {
    __typename
    ... on FindOwnCasesSuccess { cases { formTicket caseNumber closedAt departmentName windowNumber } }
    ... on InvalidEvaluation { problems { path code message messageEnglish } }
    ... on UserError { code }
  }
}`

/** Looks for one's cases at a static code. */
export async function findCases(
  scene: EvaluationsScene,
  token: string,
  phone: string,
  viewer: Viewer = anonymousViewer,
) {
  return (await scene.ask(viewer, findMutation, { input: { token, phone } })).findOwnCases
}

/** What was kept of a rating, person included. */
export async function keptRating(scene: EvaluationsScene, id: string) {
  const [row] = await scene.rows(
    `select e.channel, e.subject_kind, e.case_id, e.static_code_id, e.terminal_number, e.staff_member_id, e.hall_id,
       p.identified_by, p.relation, p.citizen_id, p.masked_contact_phone
     from evaluations.evaluations e join evaluations.evaluation_people p on p.evaluation_id = e.id where e.id = $1`,
    [id],
  )
  return row!
}
