import DataLoader from 'dataloader'
import { addDays, shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import { isId } from '../../shared/uuid.ts'
import type { Viewer } from '../../shared/viewer.ts'
import type { StaticCode } from '../domain/static-code.ts'
import { readingScope } from '../domain/static-code-permission.ts'
import { scansOfCodes } from './code-scans.ts'
import { activeCodesOfHalls, activeCodesOfStaff, evaluationCounts, staticCodesById } from './static-code-queries.ts'

/** Days of scans that can be asked for. */
export const MOST_SCAN_DAYS = 366

/** Batched reads of static codes, for one request under its viewer's scope. */
export function createStaticCodeLoaders(database: Database, viewer: Viewer, now: () => Date) {
  const batched = <Row>(
    read: (transaction: Transaction, ids: readonly string[]) => Promise<Row[]>,
    keyOf: (row: Row) => string | null,
  ) =>
    new DataLoader<string, Row[]>(async keys => {
      const ids = keys.filter(isId)
      const rows = ids.length === 0 ? [] : await database.inScope(readingScope(viewer), tx => read(tx, ids))
      const byKey = Map.groupBy(rows, keyOf)
      return keys.map(key => byKey.get(key.toLowerCase()) ?? [])
    })
  const codes = batched<StaticCode>(staticCodesById, ({ id }) => id)
  const ofHalls = batched<StaticCode>(activeCodesOfHalls, ({ placement }) => placement.hallId)
  const ofStaff = batched<StaticCode>(activeCodesOfStaff, ({ placement }) => placement.staffMemberId)
  const counts = new DataLoader<string, number>(async ids => {
    const found = await database.inScope(viewer.scope, tx => evaluationCounts(tx, ids))
    return ids.map(id => found.get(id) ?? 0)
  })
  const scans = new DataLoader(async (ids: readonly string[]) => {
    const since = addDays(shanghaiDay(now()), 1 - MOST_SCAN_DAYS)
    const found = await database.inScope(viewer.scope, tx => scansOfCodes(tx, ids, since))
    return ids.map(id => found.get(id) ?? [])
  })
  const first = async <Row>(rows: Promise<Row[]>) => (await rows)[0] ?? null
  return {
    /** Null when unknown or outside the scope. */
    staticCode: (id: string) => first(codes.load(id)),
    /** Those in use of the hall itself, the latest first, at most 20. */
    staticCodesOfHall: (hallId: string) => ofHalls.load(hallId),
    /** The one in use; null when none. */
    staticCodeOfStaffMember: (staffMemberId: string) => first(ofStaff.load(staffMemberId)),
    evaluationCountOfCode: (id: string) => counts.load(id),
    /** Of the last 366 days, the latest first. */
    scansOfCode: (id: string) => scans.load(id),
  }
}
