import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterHead,
  isLater,
  judgeEvent,
  type ReviewEvent,
  takeDeadlineEvent,
  takeReviewEvent,
  type WallFeed,
  type WallReview,
} from '../../web/wall/feed.ts'

const epoch = 'epoch-1'
const empty: WallFeed = {
  reviews: new Map(),
  reviewHead: { epoch, position: '0' },
  deadlineHead: { epoch, position: '0' },
}

function review(id: string, state: WallReview['state'] = 'DISPATCHED'): WallReview {
  const clock = {
    id: `clock-${id}`,
    kind: 'VERIFICATION',
    state: 'RUNNING',
    startedAt: '',
    dueAt: '2026-11-22T02:00:00.000Z',
  }
  return {
    id,
    state,
    score: 1,
    isAnonymous: false,
    openedAt: '2026-11-21T02:00:00.000Z',
    acknowledgedAt: null,
    acknowledgedBy: null,
    department: null,
    hall: null,
    window: null,
    staffMember: null,
    serviceCase: null,
    deadlines: [clock as WallReview['deadlines'][number]],
  }
}

function event(position: string, previousPosition: string, negativeReview: WallReview | null): ReviewEvent {
  const kind = negativeReview ? 'OPENED' : 'HEARTBEAT'
  return { epoch, position, previousPosition, kind, negativeReview }
}

describe('what the wall does with an event', () => {
  const head = { epoch, position: '40' }
  it.each([
    ['the next event is taken', event('47', '40', review('a')), 'TAKE'],
    ['an event seen before is left', event('40', '31', review('a')), 'KNOWN'],
    ['an older event is left, also when its number has fewer digits', event('9', '0', review('a')), 'KNOWN'],
    ['an event whose predecessor is unknown shows that something was missed', event('52', '47', review('a')), 'MISSED'],
    ['a heartbeat at the same position says that nothing happened', event('40', '40', null), 'KNOWN'],
    ['a heartbeat further on shows that something was missed', event('47', '47', null), 'MISSED'],
    ['an event of another log voids every position', { ...event('1', '0', review('a')), epoch: 'epoch-2' }, 'RESET'],
    ['a heartbeat of another log does so, too', { ...event('40', '40', null), epoch: 'epoch-2' }, 'RESET'],
  ])('%s', (_sentence, given, judgement) => {
    expect(judgeEvent(head, given)).toBe(judgement)
  })
})

describe('the cards', () => {
  it('show an opened review and move the position', () => {
    const after = takeReviewEvent(empty, event('5', '0', review('a')))
    expect(after).toEqual({ ...empty, reviews: new Map([['a', review('a')]]), reviewHead: { epoch, position: '5' } })
    expect(afterHead(after.reviewHead)).toBe('epoch-1:5')
  })

  it.each(['CLOSED', 'INVALID'] as const)('drop a review that became %s', state => {
    const shown = takeReviewEvent(empty, event('5', '0', review('a')))
    const after = takeReviewEvent(shown, event('6', '5', review('a', state)))
    expect([...after.reviews.keys()]).toEqual([])
  })

  it('take the clock that a deadline event names, in the place of the old one', () => {
    const shown = takeReviewEvent(empty, event('5', '0', review('a')))
    const clock = { ...review('a').deadlines[0]!, state: 'PASSED' as const, negativeReview: { id: 'a' } }
    const after = takeDeadlineEvent(shown, {
      epoch,
      position: '8',
      previousPosition: '0',
      kind: 'PASSED',
      deadline: clock,
    })
    expect(after.reviews.get('a')!.deadlines).toEqual([{ ...review('a').deadlines[0]!, state: 'PASSED' }])
    expect(after.deadlineHead).toEqual({ epoch, position: '8' })
  })

  it('leave clocks of reviews that are not shown alone', () => {
    const clock = { ...review('a').deadlines[0]!, negativeReview: { id: 'elsewhere' } }
    const after = takeDeadlineEvent(empty, {
      epoch,
      position: '8',
      previousPosition: '0',
      kind: 'STARTED',
      deadline: clock,
    })
    expect(after).toEqual({ ...empty, deadlineHead: { epoch, position: '8' } })
  })
})

it('positions are compared as numbers of any length', () => {
  expect(isLater('10', '9')).toBe(true)
  expect(isLater('9', '10')).toBe(false)
  expect(isLater('9007199254740993', '9007199254740992')).toBe(true)
  expect(isLater('7', '7')).toBe(false)
})

it('whatever a transport loses or repeats, judging and catching up ends with what the log says', () => {
  const log = fc
    .array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        step: fc.integer({ min: 1, max: 9 }),
        isClosed: fc.boolean(),
      }),
      {
        maxLength: 30,
      },
    )
    .map(entries => {
      let position = 0
      return entries.map(({ id, step, isClosed }) => {
        const previous = position
        position += step
        return event(String(position), String(previous), review(id, isClosed ? 'CLOSED' : 'DISPATCHED'))
      })
    })
  const deliveries = fc.array(fc.constantFrom('sent', 'lost', 'twice'), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(log, deliveries, (events, fates) => {
      let wall = empty
      let sentSoFar = 0
      const receive = (given: ReviewEvent) => {
        const judgement = judgeEvent(wall.reviewHead, given)
        if (judgement === 'TAKE') wall = takeReviewEvent(wall, given)
        if (judgement !== 'MISSED') return
        const missed = events.slice(0, sentSoFar).filter(known => isLater(known.position, wall.reviewHead.position))
        for (const known of missed) wall = takeReviewEvent(wall, known)
      }
      for (const [index, given] of events.entries()) {
        sentSoFar = index + 1
        if (fates[index] !== 'lost') receive(given)
        if (fates[index] === 'twice') receive(given)
      }
      const last = events.at(-1)?.position ?? '0'
      receive(event(last, last, null))
      expect(wall).toEqual(events.reduce(takeReviewEvent, empty))
    }),
  )
})
