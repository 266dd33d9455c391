import { seesWhoRated } from '../../shared/anonymity.ts'
import { addDays, endOfShanghaiDay, isRealDate, startOfShanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { graphError } from '../../shared/graph-error.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { type CleanedFigures, ratingFigures } from '../domain/rating-figures.ts'
import { countDefaults, type FigureSelection, ratingTallies } from '../store/rating-figures.ts'

/** Longest period of one question, in days: a leap year. */
const MOST_DAYS = 366

export type RatingFiguresFilter = {
  /** First and last Shanghai day, `yyyy-mm-dd`. */
  from: string
  to: string
  regionCode?: string | null
  departmentId?: string | null
  hallId?: string | null
  windowId?: string | null
  staffMemberId?: string | null
}

export type ReadFigures = CleanedFigures & {
  /** Null for the rated unit, which would learn from a missing one who rated. */
  defaultCount: number | null
}

/** Raw and cleaned figures of the viewer's scope for a period (原始与清洗后数据). @throws NOT_PERMITTED unless staff, INVALID_INPUT for a senseless filter */
export async function readRatingFigures(
  filter: RatingFiguresFilter,
  { viewer, database }: Pick<EvaluationsContext, 'viewer' | 'database'>,
): Promise<ReadFigures> {
  if (viewer.kind !== 'STAFF') throw graphError('NOT_PERMITTED')
  const selection = selectionOf(filter)
  return database.inScope(viewer.scope, async tx => ({
    ...ratingFigures(await ratingTallies(tx, selection)),
    defaultCount: seesWhoRated(viewer) ? await countDefaults(tx, selection) : null,
  }))
}

function selectionOf({ from, to, ...place }: RatingFiguresFilter): FigureSelection {
  const { regionCode = null, departmentId = null, hallId = null, windowId = null, staffMemberId = null } = place
  const isPeriod = isDay(from) && isDay(to) && from <= to && to < addDays(from, MOST_DAYS)
  const areIds = [departmentId, hallId, windowId, staffMemberId].every(id => id === null || isId(id))
  const isRegion = regionCode === null || /^\d{6,12}$/.test(regionCode)
  if (!isPeriod || !areIds || !isRegion) throw graphError('INVALID_INPUT')
  const span = { from: startOfShanghaiDay(from), until: endOfShanghaiDay(to) }
  return { ...span, regionCode, departmentId, hallId, windowId, staffMemberId }
}

function isDay(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return parts !== null && isRealDate(Number(parts[1]), Number(parts[2]), Number(parts[3]))
}
