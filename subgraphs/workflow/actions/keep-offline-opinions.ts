import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import { type InputProblem, inputProblem } from '../../shared/rows/input-problem.ts'
import { isId, newId } from '../../shared/uuid.ts'
import type { WorkflowContext } from '../context.ts'
import {
  mayRecordOpinions,
  maySettleOpinions,
  type OpinionDraft,
  readOpinion,
  readSettlement,
} from '../domain/offline-opinion.ts'
import { insertOpinion, type NewOpinion, type OfflineOpinion, settleOpinion } from '../store/offline-opinions.ts'

export type OpinionKept = { opinion: OfflineOpinion } | { refused: 'NOT_PERMITTED' } | { problems: InputProblem[] }

/** The column under whose name whom to call is sealed. */
export const sealedContact = 'workflow.offline_opinions.contact_sealed'

const placeOfUnit = parse(
  'query Place($departmentId: ID, $hallId: ID) { placeOfUnit(departmentId: $departmentId, hallId: $hallId) }',
)

type Named = { departmentId?: string | null; hallId?: string | null }

/** Enters an opinion that was given off line (登记线下意见): a record of its own, no rating and in no figure of ratings. @throws SUBGRAPH_UNAVAILABLE */
export async function recordOfflineOpinion(
  { departmentId, hallId, ...draft }: OpinionDraft & Named,
  context: WorkflowContext,
): Promise<OpinionKept> {
  const { viewer, database, crypto, now } = context
  if (!mayRecordOpinions(viewer) || viewer.scope.reach !== 'REGION') return { refused: 'NOT_PERMITTED' }
  const recordedAt = now()
  const read = readOpinion(draft, recordedAt)
  if ('problems' in read) return read
  const place = await findPlace({ departmentId, hallId }, context)
  if (!place) return { problems: [placeUnknown] }
  const { contact, ...opinion } = read.opinion
  const contactSealed = contact === null ? null : crypto.seal(sealedContact, contact)
  const recorded = { recordedAt, recordedById: viewer.id, recordedByName: viewer.name }
  const row = { id: newId(recordedAt.getTime()), ...opinion, contactSealed, place, ...recorded }
  return { opinion: await database.inScope(viewer.scope, tx => insertOpinion(tx, row)) }
}

/** Whatever is not named is the recorder's own: a hall's supervisor enters what was said in his hall. */
async function findPlace(named: Named, { viewer, cases }: WorkflowContext): Promise<NewOpinion['place'] | null> {
  const { scope } = viewer
  if (scope.reach !== 'REGION') return null
  const { regionPath, departmentId = null, lineId = null, hallId = null } = scope
  const own = { regionPath, departmentId, lineId, hallId }
  if (!named.departmentId && !named.hallId) return own
  const { data, errors } = await cases().execute({ document: placeOfUnit, variables: named, viewer })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  if (!data.placeOfUnit) return null
  const found = JSON.parse(String(data.placeOfUnit)) as NewOpinion['place']
  return {
    regionPath: found.regionPath,
    departmentId: found.departmentId ?? departmentId,
    lineId: found.lineId ?? lineId,
    hallId: found.hallId ?? hallId,
  }
}

/** Answers an opinion or closes it (答复、办结线下意见), once. */
export async function settleOfflineOpinion(
  { id, state, note }: { id: string; state: 'ANSWERED' | 'CLOSED'; note: string },
  { viewer, database, now }: WorkflowContext,
): Promise<OpinionKept> {
  if (!maySettleOpinions(viewer)) return { refused: 'NOT_PERMITTED' }
  const read = readSettlement(note)
  if ('problems' in read) return read
  const settled = { id, state, settlement: read.settlement, settledAt: now(), settledByName: viewer.name }
  const opinion = isId(id) ? await database.inScope(viewer.scope, tx => settleOpinion(tx, settled)) : undefined
  return opinion ? { opinion } : { problems: [opinionNotWaiting] }
}

const placeUnknown = inputProblem(
  'hallId',
  'PLACE_UNKNOWN',
  '没有这个部门或大厅，或不在本账号范围内',
  'there is no such department or hall within this account’s scope',
)
const opinionNotWaiting = inputProblem(
  'id',
  'OPINION_NOT_WAITING',
  '没有这条待答复的意见，可能已经答复或办结',
  'no such opinion waits for an answer; it may have been settled already',
)
