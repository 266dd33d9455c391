import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SatisfactionLevel } from '../../subgraphs/shared/policy/policy.ts'
import { type DefaultsScene, openDefaultsScene, shanghai } from './default-evaluations-scene.ts'
import type { ReportedCase } from './evaluations-scene.ts'

let scene: DefaultsScene
beforeAll(async () => {
  scene = await openDefaultsScene()
})
afterAll(() => scene.stop())

const CASES = 3
const DAY_MS = 86_400_000
const START = shanghai('2026-03-02 10:00:00')

const which = fc.nat({ max: CASES - 1 })
const rating = {
  which,
  serviceNumber: fc.constantFrom(1, 1, 1, 2),
  round: fc.constantFrom<1 | 2>(1, 1, 2),
  level: fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<SatisfactionLevel>,
}
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ does: fc.constant('CLOSE' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('VOID' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('REPORT_AGAIN' as const), which }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('RATE' as const), ...rating }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('RATE_WHILE_SWEEPING' as const), ...rating }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('PASS' as const), days: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('SWEEP' as const), copies: fc.integer({ min: 1, max: 3 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

/** What must be true of one case, whatever the order in which things happened. */
type Known = {
  reported: ReportedCase
  state: 'OPEN' | 'CLOSED' | 'VOID'
  dueAt: Date | null
  defaultDue: Date | null
  ratings: Map<string, number>
}

/** The rules in one page: the database must say the same. */
async function play(steps: readonly Step[]) {
  scene.clock.now = START
  const known: Known[] = Array.from({ length: CASES }, () => ({
    reported: scene.caseClosed('2026-03-02 10:00:00', { state: 'ACCEPTED', closedAt: null }),
    state: 'OPEN',
    dueAt: null,
    defaultDue: null,
    ratings: new Map(),
  }))
  for (const each of known) await scene.report(each.reported)

  const again = (each: Known, changes: Partial<ReportedCase>) => {
    each.reported = { ...each.reported, ...changes, dataVersion: each.reported.dataVersion + 1 }
    return scene.report(each.reported)
  }
  const isDue = ({ state, dueAt, defaultDue, ratings }: Known) =>
    state === 'CLOSED' && defaultDue === null && dueAt !== null && dueAt <= scene.clock.now && !ratings.has('1/1')
  const sweepAll = () => {
    for (const each of known) if (isDue(each)) each.defaultDue = each.dueAt
  }

  async function rate(given: Extract<Step, { level: number }>) {
    const each = known[given.which]!
    const key = `${given.serviceNumber}/${given.round}`
    if (each.state !== 'CLOSED' || (given.round === 2 && !each.ratings.has(`${given.serviceNumber}/1`))) return
    const outcome = await scene.rate(each.reported, given)
    const before = each.ratings.get(key)
    expect(outcome).toBe(before === undefined ? 'KEPT' : before === given.level ? 'REPEATED' : 'OTHER_CONTENT')
    if (before === undefined) each.ratings.set(key, given.level)
  }

  for (const each of steps) {
    if (each.does === 'PASS') scene.clock.now = new Date(scene.clock.now.getTime() + each.days * DAY_MS)
    if (each.does === 'SWEEP') {
      await Promise.all(Array.from({ length: each.copies }, () => scene.sweep(1)))
      // Copies pass over what another one holds; the next pass finds it.
      await scene.sweep()
      sweepAll()
    }
    if (each.does === 'RATE') await rate(each)
    if (each.does === 'RATE_WHILE_SWEEPING') {
      const subject = known[each.which]!
      const mayBeMade = isDue(subject)
      await Promise.all([rate(each), scene.sweep()])
      await scene.sweep()
      const [made] = await defaultsOf(subject.reported.caseId)
      if (mayBeMade && made) subject.defaultDue = subject.dueAt
      sweepAll()
    }
    if (each.does === 'CLOSE' || each.does === 'VOID' || each.does === 'REPORT_AGAIN') {
      const subject = known[each.which]!
      if (each.does === 'CLOSE' && subject.state === 'OPEN') {
        const { now } = scene.clock
        subject.state = 'CLOSED'
        // Ten in the morning of day N: seven natural days later at 24:00 is day N + 8 at 00:00.
        subject.dueAt = new Date(now.getTime() - 10 * 3_600_000 + 8 * DAY_MS)
        await again(subject, { state: 'CLOSED', closedAt: now.toISOString() })
      } else if (each.does === 'VOID' && subject.state !== 'VOID') {
        subject.state = 'VOID'
        await again(subject, { isValid: false })
      } else {
        await again(subject, {})
      }
    }
  }
  return known
}

const defaultsOf = (caseId: string) =>
  scene.rows<{ due_at: Date; service_number: number; level: number }>(
    'select due_at, service_number, level from evaluations.default_evaluations where case_id = $1',
    [caseId],
  )

test('whatever happens in whatever order: one rating a case, service and round, one default at its date, and never one for whoever had rated', async () => {
  let defaults = 0
  let replaced = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 24 }), async steps => {
      for (const { reported, ratings, defaultDue } of await play(steps)) {
        const kept = await scene.rows<{ key: string; level: number }>(
          `select e.service_number || '/' || e.round as key, e.level from evaluations.evaluations e
           join evaluations.evaluation_keys k on k.evaluation_id = e.id where k.subject_id = $1 order by 1`,
          [reported.caseId],
        )
        expect(kept.map(({ key, level }) => [key, level])).toEqual([...ratings].sort(([a], [b]) => (a < b ? -1 : 1)))
        expect(await defaultsOf(reported.caseId)).toEqual(
          defaultDue === null ? [] : [{ due_at: defaultDue, service_number: 1, level: 3 }],
        )
        if (defaultDue !== null) defaults += 1
        if (defaultDue !== null && ratings.has('1/1')) replaced += 1
      }
      await scene.rows('delete from evaluations.default_dues')
    }),
    { numRuns: 40 },
  )
  // The steps must have come to what they are about.
  expect(defaults).toBeGreaterThan(5)
  expect(replaced).toBeGreaterThan(0)
})
