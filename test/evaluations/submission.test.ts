import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { caseRefusal } from '../../subgraphs/evaluations/domain/case-refusal.ts'
import { itemEditions } from '../../subgraphs/evaluations/domain/item-editions.ts'
import { lateWindowEndsAt, type RateableCase } from '../../subgraphs/evaluations/domain/rateable-case.ts'
import type { AskedAbout } from '../../subgraphs/evaluations/domain/sub-ratings.ts'
import { type Draft, decideSubmission } from '../../subgraphs/evaluations/domain/submission.ts'
import { henan } from '../../subgraphs/shared/policy/presets.ts'

const now = new Date('2026-11-21T01:44:00Z')
const rateable: RateableCase = {
  state: 'CLOSED',
  closedAt: new Date('2026-11-21T01:40:00Z'),
  promisedAt: null,
  legalLimitAt: null,
  isVoid: false,
  mergedInto: null,
  hasFirstRating: false,
}
/** The phone asks for environment and attitude. */
const phone = { channel: 'PHONE', subRatings: { environment: 'GOOD', attitude: 'GOOD' } } as const
const draft: Draft = { channel: 'QR_CODE', round: 1, level: 5, items: [] }

const decide = (part: Partial<Draft>, casePart: Partial<RateableCase> = {}, at = now, about?: AskedAbout) =>
  decideSubmission({ ...rateable, ...casePart }, { ...draft, ...part }, at, henan, about)

/** Path and code of each problem, and that it speaks both languages. */
function problemsOf(decision: ReturnType<typeof decide>) {
  const problems = decision.refusal?.problems ?? []
  for (const { message } of problems) {
    expect(message.zh).toMatch(/\p{Script=Han}/u)
    expect(message.en).toMatch(/[a-z]/)
  }
  return problems.map(({ path, code }) => `${path} ${code}`)
}

describe('a rating', () => {
  test('is accepted in the one form in which it is kept', () => {
    expect(
      decide({
        level: 1,
        items: ['115', '108'],
        text: ' 等了很久\r\n没有人 \u3000',
        isPublic: false,
        isAnonymous: true,
      }),
    ).toEqual({
      accepted: {
        channel: 'QR_CODE',
        round: 1,
        level: 1,
        isNegative: true,
        items: ['108', '115'],
        text: '等了很久\n没有人',
        isPublic: false,
        isAnonymous: true,
        subRatings: null,
      },
    })
  })

  test('needs nothing but its level from 3 upwards; it is public and not anonymous unless said', () => {
    for (const level of [3, 4, 5]) {
      expect(decide({ level })).toEqual({
        accepted: {
          channel: 'QR_CODE',
          round: 1,
          level,
          isNegative: false,
          items: [],
          text: null,
          isPublic: true,
          isAnonymous: false,
          subRatings: null,
        },
      })
    }
  })

  test.each([0, 6, 2.5, Number.NaN])('of level %s is refused', level => {
    expect(problemsOf(decide({ level }))).toEqual(['level LEVEL_UNKNOWN'])
  })

  test('names all its faults at once', () => {
    expect(problemsOf(decide({ level: 9, round: 3, items: ['999'], text: 'a\ud83d' }))).toEqual([
      'round ROUND_UNKNOWN',
      'items.0 ITEM_UNKNOWN',
      'text TEXT_BROKEN_CHARACTER',
    ])
    expect(
      problemsOf(decide({ level: 2, items: ['999', '510', '207', '207', '201'], text: '好'.repeat(501) })),
    ).toEqual([
      'items.0 ITEM_UNKNOWN',
      'items.1 ITEM_OF_OTHER_LEVEL',
      'items.3 ITEM_TWICE',
      'items.4 ITEM_NOT_IN_FORCE',
      'text TEXT_TOO_LONG',
    ])
  })

  test('takes all eight items of its level and no ninth', () => {
    const items = itemEditions[1]!.items.filter(({ level }) => level === 2).map(({ code }) => code)
    expect(decide({ level: 2, items }).accepted?.items).toEqual(items)
    expect(problemsOf(decide({ level: 2, items: [...items, '207'] }))).toEqual(['items ITEMS_TOO_MANY'])
  })
})

describe('the reason of a bad rating', () => {
  test('is an item or a text', () => {
    for (const level of [1, 2]) {
      expect(problemsOf(decide({ level }))).toEqual(['items REASON_REQUIRED'])
      expect(decide({ level, text: '态度不好' }).accepted?.text).toBe('态度不好')
      expect(decide({ level, items: [level === 1 ? '115' : '214'] }).accepted).toBeDefined()
    }
  })

  test.each(['', '   ', '\u3000', '\n\n', '\u200b\u2060', '\ufeff'])('is not %j', text => {
    expect(problemsOf(decide({ level: 1, text }))).toEqual(['items REASON_REQUIRED'])
  })

  test('can be one sign or an emoji', () => {
    expect(decide({ level: 1, text: '？' }).accepted?.text).toBe('？')
    expect(decide({ level: 1, text: '😡' }).accepted?.text).toBe('😡')
  })

  test('must be an item at the window, where no text can be given', () => {
    const decision = decide({ level: 1, channel: 'WINDOW_DEVICE' })
    expect(decision.refusal?.problems).toEqual([
      {
        path: 'items',
        code: 'REASON_REQUIRED',
        message: { zh: '请至少选择一项原因', en: 'please choose at least one item' },
      },
    ])
  })

  test('is asked at every level on the phone', () => {
    expect(problemsOf(decide({ level: 5, ...phone }))).toEqual(['items REASON_REQUIRED'])
    expect(decide({ level: 5, ...phone, items: ['517'] }).accepted).toBeDefined()
  })
})

describe('the text of a rating', () => {
  test('has at most 500 code points on the web and 50 on the phone', () => {
    expect(decide({ text: '𠮷'.repeat(500) }).accepted?.text).toHaveLength(1000)
    expect(decide({ text: '𠮷'.repeat(501) }).refusal).toEqual({
      kind: 'INVALID_EVALUATION',
      problems: [
        {
          path: 'text',
          code: 'TEXT_TOO_LONG',
          message: { zh: '文字最多500字，现有501字', en: 'the text may have 500 characters, it has 501' },
        },
      ],
    })
    expect(problemsOf(decide({ ...phone, items: ['517'], text: '好'.repeat(51) }))).toEqual(['text TEXT_TOO_LONG'])
  })

  test('is not taken at the window, though blanks are no text', () => {
    expect(problemsOf(decide({ channel: 'WINDOW_DEVICE', text: '好' }))).toEqual(['text TEXT_NOT_TAKEN'])
    expect(decide({ channel: 'WINDOW_DEVICE', text: '  ' }).accepted?.text).toBeNull()
  })

  test('with half a character is refused', () => {
    expect(problemsOf(decide({ text: 'a\ud83d' }))).toEqual(['text TEXT_BROKEN_CHARACTER'])
  })

  test.each(['\u0000', '\u001b', '\u0085', '\u202e', '\u2067'])('is kept without %j, which nobody sees', unseen => {
    expect(decide({ text: `等了${unseen}很久${unseen}` }).accepted?.text).toBe('等了很久')
    expect(problemsOf(decide({ level: 1, text: unseen }))).toEqual(['items REASON_REQUIRED'])
  })

  test('may have lines, tabs, other scripts and direction marks', () => {
    const text = '第一行\n\t第二行 ياخشى\u200f bod ཡག་པོ་'
    expect(decide({ text }).accepted?.text).toBe(text)
  })

  test('that was kept once is kept the same when handed in again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), text => {
        const first = decide({ text })
        if (first.accepted) expect(decide({ text: first.accepted.text })).toEqual(first)
        else expect(problemsOf(first)).toHaveLength(1)
      }),
    )
  })
})

describe('a case', () => {
  const closedAt = new Date('2026-11-21T15:59:59Z')

  test('that is void, not closed, or without a time of closing cannot be rated', () => {
    expect(problemsOf(decide({}, { isVoid: true }))).toEqual(['serviceCase CASE_VOID'])
    expect(problemsOf(decide({}, { state: 'ACCEPTED', closedAt: null }))).toEqual(['serviceCase CASE_NOT_CLOSED'])
    expect(problemsOf(decide({}, { closedAt: null }))).toEqual(['serviceCase CASE_NOT_CLOSED'])
    expect(decide({ level: 9 }, { isVoid: true }).refusal?.kind).toBe('CASE_NOT_RATEABLE')
  })

  test('that was merged into another says so, a void one without a successor says that it is void', () => {
    const merged = { isVoid: true, mergedInto: '410100000000000000000001' }
    const { refusal } = decide({}, merged)
    expect(refusal?.problems).toEqual([
      {
        path: 'serviceCase',
        code: 'CASE_MERGED',
        message: {
          zh: '该办件已并入 410100000000000000000001',
          en: 'this case was merged into 410100000000000000000001',
        },
      },
    ])
    expect(caseRefusal('CASE_MERGED', merged, henan).message).toContain('410100000000000000000001')
  })

  test.each([
    ['the legal limit, whatever was promised', { legalLimitAt: now, promisedAt: null }, 1, true],
    ['the legal limit to the very moment', { legalLimitAt: now, promisedAt: null }, 0, false],
    ['the promise, where no law sets a limit', { legalLimitAt: null, promisedAt: now }, 1, true],
    [
      'the promise alone, while the legal limit lasts',
      { legalLimitAt: new Date('2026-12-01T00:00:00Z'), promisedAt: now },
      1,
      false,
    ],
    ['no limit, because none is known', { legalLimitAt: null, promisedAt: null }, 1, false],
  ])('that is accepted and has passed %s', (_, limits, millisecondsLater, canBeRated) => {
    const at = new Date(now.getTime() + millisecondsLater)
    const problems = problemsOf(decide({}, { state: 'ACCEPTED', closedAt: null, ...limits }, at))
    expect(problems).toEqual(canBeRated ? [] : ['serviceCase CASE_NOT_CLOSED'])
    expect(problemsOf(decide({}, { state: 'PENDING', closedAt: null, ...limits }, at))).toEqual([
      'serviceCase CASE_NOT_CLOSED',
    ])
  })

  test('can be rated until 24:00 Shanghai on the thirtieth day after closing', () => {
    const end = new Date('2026-12-21T16:00:00Z')
    expect(lateWindowEndsAt(closedAt, henan)).toEqual(end)
    expect(decide({}, { closedAt }, new Date(end.getTime() - 1)).accepted).toBeDefined()
    expect(problemsOf(decide({}, { closedAt }, end))).toEqual(['serviceCase LATE_WINDOW_OVER'])
  })

  test('takes a second rating only after a first one', () => {
    expect(problemsOf(decide({ round: 2 }))).toEqual(['serviceCase FIRST_RATING_MISSING'])
    expect(decide({ round: 2 }, { hasFirstRating: true }).accepted?.round).toBe(2)
    expect(decide({ round: 1 }, { hasFirstRating: true }).accepted?.round).toBe(1)
  })
})

describe('what the platform itself is rated by', () => {
  const platform: AskedAbout = { subjectKind: 'PLATFORM', hasFees: false, involvesIntermediary: false }

  test('are items of its own, and a service has none of them', () => {
    const decided = decideSubmission(null, { ...draft, level: 1, items: ['P14', 'P11'] }, now, henan, platform)
    expect(decided.accepted?.items).toEqual(['P11', 'P14'])
    expect(problemsOf(decideSubmission(null, { ...draft, level: 1, items: ['115'] }, now, henan, platform))).toEqual([
      'items.0 ITEM_NOT_IN_FORCE',
    ])
    expect(problemsOf(decide({ level: 1, items: ['P11'] }))).toEqual(['items.0 ITEM_NOT_IN_FORCE'])
  })
})

describe('pictures', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']

  test('are five at most, each once, and none at a device', () => {
    expect(decide({ pictures: ids }).accepted).toBeDefined()
    expect(problemsOf(decide({ pictures: [...ids, 'f'] }))).toEqual(['pictures PICTURES_TOO_MANY'])
    expect(problemsOf(decide({ pictures: ['a', 'b', 'a'] }))).toEqual(['pictures.2 PICTURE_TWICE'])
    expect(problemsOf(decide({ pictures: ['a'], channel: 'WINDOW_DEVICE' }))).toEqual(['pictures PICTURES_NOT_TAKEN'])
  })
})

describe('answers apart', () => {
  const about: AskedAbout = { subjectKind: 'CASE', hasFees: true, involvesIntermediary: false }

  test('are kept as they were given, their reasons trimmed', () => {
    const given = {
      environment: 'POOR',
      environmentReason: ' 没有座位 ',
      attitude: 'GOOD',
      isOvercharged: false,
    } as const
    expect(decide({ subRatings: given }, {}, now, about).accepted?.subRatings).toEqual({
      environment: 'POOR',
      environmentReason: '没有座位',
      attitude: 'GOOD',
      attitudeReason: null,
      isOvercharged: false,
      isIntermediaryForced: null,
    })
    expect(decide({ subRatings: { environmentReason: ' ' } }, {}, now, about).accepted?.subRatings).toBeNull()
  })

  test('to a question that was not asked are refused, naming what is accepted', () => {
    const free: AskedAbout = { subjectKind: 'CASE', hasFees: false, involvesIntermediary: true }
    const { refusal } = decide({ subRatings: { isOvercharged: true, isIntermediaryForced: false } }, {}, now, free)
    expect(refusal?.problems).toEqual([
      {
        path: 'subRatings.isOvercharged',
        code: 'SUB_RATING_NOT_ASKED',
        message: {
          zh: '此表单不问这一项，可填：environment, attitude',
          en: 'this form does not ask it; accepted: environment, attitude',
        },
      },
      {
        path: 'subRatings.isIntermediaryForced',
        code: 'SUB_RATING_NOT_ASKED',
        message: {
          zh: '此表单不问这一项，可填：environment, attitude',
          en: 'this form does not ask it; accepted: environment, attitude',
        },
      },
    ])
    expect(problemsOf(decide({ channel: 'WINDOW_DEVICE', subRatings: { attitude: 'POOR' } }))).toEqual([
      'subRatings.attitude SUB_RATING_NOT_ASKED',
    ])
  })

  test('that the channel demands must be there, and reasons stand beside POOR only, with 100 characters at most', () => {
    expect(problemsOf(decide({ channel: 'PHONE', items: ['517'] }))).toEqual([
      'subRatings.environment SUB_RATING_REQUIRED',
      'subRatings.attitude SUB_RATING_REQUIRED',
    ])
    const reasons = {
      environment: 'GOOD',
      environmentReason: '很干净',
      attitudeReason: '没有说',
      attitude: null,
    } as const
    expect(problemsOf(decide({ subRatings: reasons }, {}, now, about))).toEqual([
      'subRatings.environmentReason SUB_RATING_REASON_WITHOUT_POOR',
      'subRatings.attitudeReason SUB_RATING_REASON_WITHOUT_POOR',
    ])
    const long = { attitude: 'POOR', attitudeReason: '𠮷'.repeat(101) } as const
    expect(problemsOf(decide({ subRatings: long }, {}, now, about))).toEqual([
      'subRatings.attitudeReason TEXT_TOO_LONG',
    ])
    expect(decide({ subRatings: { ...long, attitudeReason: '𠮷'.repeat(100) } }, {}, now, about).accepted).toBeDefined()
  })
})
