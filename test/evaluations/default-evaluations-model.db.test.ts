import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readRatingFigures } from '../../subgraphs/evaluations/actions/read-rating-figures.ts'
import type { SatisfactionLevel } from '../../subgraphs/shared/policy/policy.ts'
import { accountViewer } from '../kit/small-directory.ts'
import { type DefaultsScene, openDefaultsScene, shanghai } from './default-evaluations-scene.ts'
import type { ReportedCase } from './evaluations-scene.ts'
import { type GivenElsewhere, handOverTo, type SourceName } from './hand-over-scene.ts'

let scene: DefaultsScene
let handOver: ReturnType<typeof handOverTo>
beforeAll(async () => {
  scene = await openDefaultsScene()
  handOver = handOverTo(scene)
})
afterAll(() => scene.stop())

const CASES = 3
const DAY_MS = 86_400_000
const START = shanghai('2026-03-02 10:00:00')

const which = fc.constantFrom(0, 0, 1, 2)
const level = fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<SatisfactionLevel>
const rating = {
  which,
  serviceNumber: fc.constantFrom(1, 1, 1, 2),
  round: fc.constantFrom<1 | 2>(1, 1, 2),
  level,
}
const source = fc.constantFrom<SourceName>('OTHER-PLATFORM', 'OTHER-DEVICES')
// Few ids, so that one comes again for another rating; told late, so that a rating may be older than the case or its window.
const row = fc.record({ ...rating, id: fc.constantFrom(...'abcdefgh'), daysAgo: fc.constantFrom(0, 0, 0, 0, 2, 20) })
const batch = { source, rows: fc.array(row, { minLength: 1, maxLength: 3 }) }
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('CLOSE' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('VOID' as const), which }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('REPORT_AGAIN' as const), which }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('RATE' as const), ...rating }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('RATE_WHILE_SWEEPING' as const), ...rating }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constant('HAND_OVER' as const), ...batch }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('HAND_OVER_WHILE_SWEEPING' as const), ...batch }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('HAND_OVER_AGAIN' as const),
      nth: fc.nat(),
      otherLevel: fc.option(level),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('HAND_OVER_IN_A_RACE' as const),
      row,
      against: fc.constantFrom('RATE' as const, 'HAND_OVER' as const),
      otherLevel: level,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('PASS' as const), days: fc.constantFrom<number>(1, 2, 5, 8, 9, 23) }),
  },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('SWEEP' as const), copies: fc.integer({ min: 1, max: 3 }) }) },
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never
type RowOf = typeof row extends fc.Arbitrary<infer Each> ? Each : never

/** What must be true of one case, whatever the order in which things happened. */
type Known = {
  reported: ReportedCase
  state: 'OPEN' | 'CLOSED' | 'VOID'
  closedAt: Date | null
  dueAt: Date | null
  defaultDue: Date | null
  ratings: Map<string, { level: number; handedOverAs: string | null }>
}
type Rated = Pick<GivenElsewhere, 'serviceNumber' | 'round' | 'level'> & { which: number }
type HandedOver = Rated & { source: SourceName; id: string; evaluatedAt: Date }

const keyOf = ({ serviceNumber, round }: Pick<Rated, 'serviceNumber' | 'round'>) => `${serviceNumber}/${round}`
/** 24:00 of the so many-th day after a closing at ten in the morning. */
const endOfDays = (closedAt: Date, days: number) => new Date(closedAt.getTime() - 10 * 3_600_000 + (days + 1) * DAY_MS)

let played = 0
const outcomes = new Map<string, number>()

/** The rules in one page: the database must say the same. */
async function play(steps: readonly Step[]) {
  scene.clock.now = START
  played += 1
  const known: Known[] = Array.from({ length: CASES }, () => ({
    reported: scene.caseClosed('2026-03-02 10:00:00', { state: 'ACCEPTED', closedAt: null }),
    state: 'OPEN',
    closedAt: null,
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

  const mayBeRated = ({ which, serviceNumber, round }: Rated) =>
    known[which]!.state === 'CLOSED' && (round === 1 || known[which]!.ratings.has(`${serviceNumber}/1`))
  const expectedOfLive = (given: Rated) => {
    const { ratings } = known[given.which]!
    const first = ratings.get(keyOf(given))
    if (!first) ratings.set(keyOf(given), { level: given.level, handedOverAs: null })
    return first === undefined ? 'KEPT' : first.level === given.level ? 'REPEATED' : 'OTHER_CONTENT'
  }
  async function rate(given: Rated) {
    if (!mayBeRated(given)) return
    expect(await scene.rate(known[given.which]!.reported, given)).toBe(expectedOfLive(given))
  }

  /** What each source said under its ids that was kept, and everything that was ever handed over. */
  const keptIds = new Map<string, Rated>()
  const sent: HandedOver[] = []
  const elsewhere = ({ which, ...given }: HandedOver): GivenElsewhere => {
    return { ...given, caseNumber: known[which]!.reported.caseNumber }
  }
  const problemOfCase = ({ which, serviceNumber, round, evaluatedAt }: HandedOver) => {
    const { state, closedAt, ratings } = known[which]!
    if (evaluatedAt < START) return 'evaluatedAt RATED_BEFORE_ACCEPTED'
    if (state === 'VOID') return 'caseNumber CASE_VOID'
    if (closedAt === null) return 'caseNumber CASE_NOT_CLOSED'
    if (evaluatedAt >= endOfDays(closedAt, 30)) return 'caseNumber LATE_WINDOW_OVER'
    if (round === 2 && !ratings.has(`${serviceNumber}/1`)) return 'caseNumber FIRST_RATING_MISSING'
    return scene.clock.now >= endOfDays(closedAt, 45) ? 'evaluatedAt HANDED_OVER_TOO_LATE' : null
  }
  const expectedOf = (given: HandedOver) => {
    const { source, id, which, level } = given
    const handedOverAs = `${source}/${id}`
    const earlier = keptIds.get(handedOverAs)
    if (earlier) {
      const isSame = earlier.which === which && keyOf(earlier) === keyOf(given) && earlier.level === level
      return isSame ? 'UNCHANGED' : 'REJECTED sourceRatingId ALREADY_EVALUATED'
    }
    const problem = problemOfCase(given)
    if (problem) return `REJECTED ${problem}`
    const { ratings, defaultDue } = known[which]!
    const first = ratings.get(keyOf(given))
    if (first) return first.level === level ? 'UNCHANGED' : 'REJECTED caseNumber ALREADY_EVALUATED'
    ratings.set(keyOf(given), { level, handedOverAs })
    keptIds.set(handedOverAs, given)
    return defaultDue !== null && keyOf(given) === '1/1' ? 'CREATED in place of a default' : 'CREATED'
  }
  /** The rows of a batch count in their order. */
  function expectOutcomes(given: readonly HandedOver[], answered: readonly string[]) {
    for (const [index, each] of given.entries()) {
      const expected = expectedOf(each)
      expect(answered[index]!.replace(`rows.${index}.`, '')).toBe(expected.replace(' in place of a default', ''))
      outcomes.set(expected, (outcomes.get(expected) ?? 0) + 1)
      sent.push(each)
    }
  }
  const named = (source: SourceName, { id, daysAgo, ...given }: RowOf): HandedOver => {
    const evaluatedAt = new Date(scene.clock.now.getTime() - daysAgo * DAY_MS)
    // A source's ids are its own: both use the same ones.
    return { ...given, source, id: `${played} ${id}`, evaluatedAt }
  }
  async function takeBatch(given: readonly HandedOver[]) {
    expectOutcomes(given, await handOver(given[0]!.source, given.map(elsewhere)))
  }

  /** Two say something of one service in one moment: whichever was first stands, and the other is told so. */
  async function race({ row, against, otherLevel }: Extract<Step, { against: string }>) {
    const one = named('OTHER-PLATFORM', row)
    const other = { ...named('OTHER-DEVICES', row), level: otherLevel }
    if (against === 'HAND_OVER') {
      const [ofOne, ofOther] = await Promise.all([
        handOver(one.source, [elsewhere(one)]),
        handOver(other.source, [elsewhere(other)]),
      ])
      const isOtherFirst = ofOther[0] === 'CREATED'
      if (isOtherFirst) expectOutcomes([other], ofOther)
      expectOutcomes([one], ofOne)
      if (!isOtherFirst) expectOutcomes([other], ofOther)
    } else if (mayBeRated(other)) {
      const [ofOne, ofLive] = await Promise.all([
        handOver(one.source, [elsewhere(one)]),
        scene.rate(known[other.which]!.reported, other),
      ])
      const isLiveFirst = ofLive === 'KEPT'
      if (isLiveFirst) expect(ofLive).toBe(expectedOfLive(other))
      expectOutcomes([one], ofOne)
      if (!isLiveFirst) expect(ofLive).toBe(expectedOfLive(other))
    }
  }

  /** Something is rated while defaults are made: where both came for one service, either may have been first. */
  async function whileSweeping(rating: () => Promise<void>) {
    const due = known.filter(isDue)
    await Promise.all([rating(), scene.sweep()])
    await scene.sweep()
    for (const each of due) if ((await defaultsOf(each.reported.caseId)).length > 0) each.defaultDue = each.dueAt
    sweepAll()
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
    if (each.does === 'RATE_WHILE_SWEEPING') await whileSweeping(() => rate(each))
    if (each.does === 'HAND_OVER') await takeBatch(each.rows.map(row => named(each.source, row)))
    if (each.does === 'HAND_OVER_WHILE_SWEEPING') {
      await whileSweeping(() => takeBatch(each.rows.map(row => named(each.source, row))))
    }
    if (each.does === 'HAND_OVER_AGAIN' && sent.length > 0) {
      const before = sent[each.nth % sent.length]!
      await takeBatch([{ ...before, level: each.otherLevel ?? before.level }])
    }
    if (each.does === 'HAND_OVER_IN_A_RACE') await race(each)
    if (each.does === 'CLOSE' || each.does === 'VOID' || each.does === 'REPORT_AGAIN') {
      const subject = known[each.which]!
      if (each.does === 'CLOSE' && subject.state === 'OPEN') {
        const { now } = scene.clock
        subject.state = 'CLOSED'
        subject.closedAt = now
        subject.dueAt = endOfDays(now, 7)
        await again(subject, { state: 'CLOSED', closedAt: now.toISOString() })
      } else if (each.does === 'VOID' && subject.state !== 'VOID') {
        subject.state = 'VOID'
        await again(subject, { isValid: false })
      } else {
        await again(subject, {})
      }
    }
  }
  return { known, keptIds }
}

const defaultsOf = (caseId: string) =>
  scene.rows<{ due_at: Date; service_number: number; level: number }>(
    'select due_at, service_number, level from evaluations.default_evaluations where case_id = $1',
    [caseId],
  )
const keptOf = (caseId: string) =>
  scene.rows<{ key: string; level: number; handedOverAs: string | null }>(
    `select e.service_number || '/' || e.round as key, e.level, e.source_system || '/' || e.source_rating_id as "handedOverAs"
     from evaluations.evaluations e join evaluations.evaluation_keys k on k.evaluation_id = e.id
     where e.case_id = $1 and k.subject_id = $1 order by 1`,
    [caseId],
  )
const rowsOf = (caseId: string) =>
  scene.rows('select from evaluations.evaluations where case_id = $1', [caseId]).then(({ length }) => length)
const handedOverIdsOf = (caseIds: string[]) =>
  scene.rows<{ handedOverAs: string; caseId: string }>(
    `select source_system || '/' || source_rating_id as "handedOverAs", subject_id as "caseId"
     from evaluations.handed_over_keys where subject_id = any ($1::uuid[]) order by 1`,
    [caseIds],
  )
/** What the desk counts of the whole year. */
const counted = async () => {
  const year = { from: '2026-01-01', to: '2026-12-31' }
  const { raw, defaultCount } = await readRatingFigures(year, {
    viewer: accountViewer('province'),
    database: scene.database,
  })
  return { ratings: raw.total, defaults: defaultCount! }
}

const late = { which: 1, serviceNumber: 1, round: 1, id: 'a', daysAgo: 2 } as const
/** Two sources rate a service that has its default: the first one stands, whatever is said afterwards. */
const afterADefault: Step[] = [
  { does: 'CLOSE', which: 1 },
  { does: 'PASS', days: 9 },
  { does: 'SWEEP', copies: 2 },
  { does: 'HAND_OVER', source: 'OTHER-PLATFORM', rows: [{ ...late, level: 2 }] },
  { does: 'HAND_OVER_AGAIN', nth: 0, otherLevel: null },
  { does: 'HAND_OVER_AGAIN', nth: 0, otherLevel: 5 },
  { does: 'HAND_OVER', source: 'OTHER-DEVICES', rows: [{ ...late, level: 4 }] },
  { does: 'RATE', ...late, level: 5 },
  { does: 'SWEEP', copies: 1 },
]

/** What was given in time is taken until the fifteenth day after the window, and not a day later. */
const longAfterwards: Step[] = [
  { does: 'CLOSE', which: 1 },
  { does: 'CLOSE', which: 2 },
  { does: 'PASS', days: 45 },
  { does: 'HAND_OVER', source: 'OTHER-PLATFORM', rows: [{ ...late, daysAgo: 20, level: 2 }] },
  { does: 'PASS', days: 1 },
  { does: 'HAND_OVER', source: 'OTHER-PLATFORM', rows: [{ ...late, which: 2, id: 'b', daysAgo: 20, level: 2 }] },
]

test('whatever happens in whatever order: one rating a case, service and round, given here or handed over, one default at its date, and never one for whoever had rated', async () => {
  let defaults = 0
  let replaced = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 28 }), async steps => {
      const before = await counted()
      // One case is closed from the start, so that most of what is said is about something.
      const { known, keptIds } = await play([{ does: 'CLOSE', which: 0 }, ...steps])
      for (const { reported, ratings, defaultDue } of known) {
        const kept = [...ratings].map(([key, rated]) => ({ key, ...rated }))
        expect(await keptOf(reported.caseId)).toEqual(kept.sort((a, b) => (a.key < b.key ? -1 : 1)))
        expect(await rowsOf(reported.caseId)).toBe(kept.length)
        expect(await defaultsOf(reported.caseId)).toEqual(
          defaultDue === null ? [] : [{ due_at: defaultDue, service_number: 1, level: 3 }],
        )
        if (defaultDue !== null) defaults += 1
        if (defaultDue !== null && ratings.has('1/1')) replaced += 1
      }
      const ids = [...keptIds].map(([handedOverAs, { which }]) => {
        return { handedOverAs, caseId: known[which]!.reported.caseId }
      })
      expect(await handedOverIdsOf(known.map(({ reported }) => reported.caseId))).toEqual(
        ids.sort((a, b) => (a.handedOverAs < b.handedOverAs ? -1 : 1)),
      )
      // A default beside a real rating is not counted, whoever brought that one.
      const after = await counted()
      expect(after.ratings - before.ratings).toBe(known.reduce((sum, { ratings }) => sum + ratings.size, 0))
      expect(after.defaults - before.defaults).toBe(
        known.filter(({ defaultDue, ratings }) => defaultDue !== null && !ratings.has('1/1')).length,
      )
      await scene.rows('delete from evaluations.default_dues')
    }),
    { numRuns: 40, examples: [[afterADefault], [longAfterwards]] },
  )
  // The steps must have come to what they are about.
  expect(defaults).toBeGreaterThan(5)
  expect(replaced).toBeGreaterThan(0)
  expect([...outcomes.keys()]).toEqual(
    expect.arrayContaining([
      'CREATED',
      'CREATED in place of a default',
      'UNCHANGED',
      'REJECTED sourceRatingId ALREADY_EVALUATED',
      'REJECTED caseNumber ALREADY_EVALUATED',
      'REJECTED evaluatedAt HANDED_OVER_TOO_LATE',
    ]),
  )
})
