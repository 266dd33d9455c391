import type { Transaction } from '../../shared/database.ts'
import { placementColumns } from '../../shared/placement-columns.ts'
import { goodOrPoorNumber, type SubRatings } from '../domain/sub-ratings.ts'
import type { KeptAnswers } from './evaluation-queries.ts'
import type { FollowedRating } from './followed-ratings.ts'
import { picturesOfRatings, type RatingPicture, supplementsOfRatings } from './rating-parts.ts'

/** What is added to a rating (补充内容), in the form in which it is kept. */
export type SupplementDraft = {
  itemEdition: number
  items: string[]
  text: string | null
  subRatings: SubRatings | null
  isSuspectedPersonal: boolean
}

/** What was added to a rating, and its pictures in their order. */
export type KeptSupplement = { items: string[]; text: string | null; answers: KeptAnswers; pictures: RatingPicture[] }

const answers = (given: SubRatings | null): KeptAnswers => ({
  environment: goodOrPoorNumber(given?.environment ?? null),
  environmentReason: given?.environmentReason ?? null,
  attitude: goodOrPoorNumber(given?.attitude ?? null),
  attitudeReason: given?.attitudeReason ?? null,
  isOvercharged: given?.isOvercharged ?? null,
  isIntermediaryForced: given?.isIntermediaryForced ?? null,
})

/** What was added to the rating; null while nothing was. */
export async function keptSupplement(transaction: Transaction, evaluationId: string): Promise<KeptSupplement | null> {
  const [found] = await supplementsOfRatings(transaction, [evaluationId])
  if (!found) return null
  const { items, text, evaluationId: _id, isTextSuspectedPersonal: _suspicion, supplementedAt: _at, ...answers } = found
  return { items, text, answers, pictures: await picturesOfRatings(transaction, [evaluationId]) }
}

/** Whether the same was added before. */
export function isSameSupplement(kept: KeptSupplement, draft: SupplementDraft, pictureIds: readonly string[]): boolean {
  const keptIds = kept.pictures.map(({ id }) => id)
  return (
    said(kept.items, kept.text, kept.answers, keptIds) ===
    said(draft.items, draft.text, answers(draft.subRatings), pictureIds)
  )
}

function said(items: string[], text: string | null, given: KeptAnswers, pictureIds: readonly string[]): string {
  const { environment, environmentReason, attitude, attitudeReason, isOvercharged, isIntermediaryForced } = given
  const answered = [environment, environmentReason, attitude, attitudeReason, isOvercharged, isIntermediaryForced]
  return JSON.stringify([items, text, answered, pictureIds])
}

/** Writes what is added, unless something was; false then. The rating itself stays as it is. */
export async function insertSupplement(
  { query }: Transaction,
  { id, caseId, cityCode, placement }: FollowedRating,
  { itemEdition, items, text, subRatings, isSuspectedPersonal }: SupplementDraft,
  now: Date,
): Promise<boolean> {
  const given = answers(subRatings)
  const row = {
    evaluation_id: id,
    case_id: caseId,
    city_code: cityCode,
    item_edition: itemEdition,
    items,
    body: text,
    is_suspected_personal: isSuspectedPersonal,
    environment: given.environment,
    environment_reason: given.environmentReason,
    attitude: given.attitude,
    attitude_reason: given.attitudeReason,
    is_overcharged: given.isOvercharged,
    is_intermediary_forced: given.isIntermediaryForced,
    supplemented_at: now,
    ...placementColumns(placement),
  }
  const columns = Object.keys(row).join(', ')
  const written = await query(
    `insert into evaluations.evaluation_supplements (${columns})
     select ${columns} from json_populate_record(null::evaluations.evaluation_supplements, $1::json)
     on conflict do nothing returning evaluation_id`,
    [JSON.stringify(row)],
  )
  return written.length > 0
}
