import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemsOfMapping } from '../../subgraphs/shared/hand-over/mapping-problems.ts'
import { readHandedOver } from '../../subgraphs/shared/hand-over/read-handed-over.ts'
import type { SourceMapping } from '../../subgraphs/shared/hand-over/source-mapping.ts'
import type { SatisfactionLevel } from '../../subgraphs/shared/policy/policy.ts'
import { handedOverRow, plainMapping, reversedMapping } from '../exchange/source-mappings.ts'

const now = new Date('2026-11-20T02:00:00.000Z')
const read = (facts: Record<string, string>, mapping: SourceMapping = plainMapping) =>
  readHandedOver(handedOverRow(facts), mapping, now)
const codesOf = (faults: { path: string; code: string }[]) => faults.map(({ path, code }) => `${path} ${code}`)
const mappingFaults = (facts: Partial<SourceMapping>) => codesOf(problemsOfMapping({ ...plainMapping, ...facts }))

describe('a mapping', () => {
  it('of the scales 1–5 and 0–4, in both directions, is taken', () => {
    expect(mappingFaults({})).toEqual([])
    expect(codesOf(problemsOfMapping(reversedMapping))).toEqual([])
  })

  it('whose levels run against the declared direction is refused', () => {
    expect(mappingFaults({ levelDirection: 'ONE_IS_BEST' })).toEqual(['levels LEVEL_DIRECTION_CONTRADICTED'])
    expect(mappingFaults({ levels: reversedMapping.levels })).toEqual(['levels LEVEL_DIRECTION_CONTRADICTED'])
  })

  it('is taken only when all five levels run one way, whatever the order', () => {
    const levels = fc.shuffledSubarray([1, 2, 3, 4, 5] as SatisfactionLevel[], { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(
        levels,
        fc.constantFrom('FIVE_IS_BEST', 'ONE_IS_BEST'),
        fc.constantFrom(0, 1),
        (meant, direction, first) => {
          const map = Object.fromEntries(meant.map((level, index) => [String(first + index), level]))
          const isSound = meant.join() === (direction === 'FIVE_IS_BEST' ? '1,2,3,4,5' : '5,4,3,2,1')
          expect(mappingFaults({ levels: map, levelDirection: direction }).length === 0).toBe(isSound)
        },
      ),
    )
  })

  it('names each fault of its own', () => {
    expect(mappingFaults({ levels: { 1: 1, 2: 2 } })).toEqual(['levels LEVEL_SCALE_UNKNOWN'])
    expect(mappingFaults({ channels: {} })).toEqual(['channels MISSING'])
    expect(mappingFaults({ channels: { 1: 'FAX' as 'SMS' } })).toEqual(['channels CODE_MEANING_UNKNOWN'])
    expect(mappingFaults({ flags: { ' 1': true } })).toEqual(['flags CODE_MALFORMED'])
    expect(mappingFaults({ zone: 'Asia/Shanghai' })).toEqual(['zone ZONE_MALFORMED'])
    expect(mappingFaults({ textLimit: 5001 })).toEqual(['textLimit TEXT_LIMIT_OUT_OF_RANGE'])
    expect(mappingFaults({ items: { kind: 'MAPPED', edition: 2, codes: { A: '999' } } })).toEqual([
      'itemCodes ITEM_CODES_UNKNOWN',
    ])
  })
})

describe('a handed-over row', () => {
  it('reads a reversed scale from 0 to 4 as it is meant', () => {
    const levels = ['0', '1', '2', '3', '4'].map(level => read({ level }, reversedMapping).reading?.level)
    expect(levels).toEqual([5, 4, 3, 2, 1])
    expect(codesOf(read({ level: '5' }, reversedMapping).problems)).toEqual(['level CODE_UNKNOWN'])
  })

  it('has its level and channel exactly where the maps say, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (level, channel) => {
        const { reading } = read({ level, channel })
        const expected =
          Object.hasOwn(plainMapping.levels, level.trim()) && Object.hasOwn(plainMapping.channels, channel.trim())
        expect(reading !== null).toBe(expected)
      }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(plainMapping.levels)), level => {
        expect(read({ level: ` ${level} ` }).reading?.level).toBe(Number(level))
      }),
    )
  })

  it('is never read by names that every object has', () => {
    expect(codesOf(read({ level: 'constructor', channel: '__proto__' }).problems)).toEqual([
      'level CODE_UNKNOWN',
      'channel CODE_UNKNOWN',
    ])
  })

  it('with seconds of 74 is refused, one without a blank before the hour is read', () => {
    expect(codesOf(read({ evaluatedAt: '2026-11-20 08:48:74' }).problems)).toEqual(['evaluatedAt SECONDS_OUT_OF_RANGE'])
    expect(read({ evaluatedAt: '2026-11-2008:48:14' }).reading?.evaluatedAt.toISOString()).toBe(
      '2026-11-20T00:48:14.000Z',
    )
    expect(codesOf(read({ evaluatedAt: '2026-11-20 10:06:00' }).problems)).toEqual(['evaluatedAt TIME_IN_FUTURE'])
  })

  it('has its time in the zone of its source unless it names one', () => {
    const at = (evaluatedAt: string, facts: Partial<SourceMapping>) =>
      read({ evaluatedAt }, { ...plainMapping, ...facts }).reading?.evaluatedAt.toISOString()
    expect(at('2026-11-20 01:00:00', { zone: '+00:00' })).toBe('2026-11-20T01:00:00.000Z')
    expect(at('2026-11-20T09:00:00+08:00', { zone: '+00:00' })).toBe('2026-11-20T01:00:00.000Z')
    expect(at('2026/11/20 1:00', { zone: '+00:00' })).toBe('2026-11-20T01:00:00.000Z')
    expect(at('1795136400', { timeFormat: 'EPOCH_SECONDS' })).toBe('2026-11-20T01:00:00.000Z')
    expect(at('1795136400000', { timeFormat: 'EPOCH_MILLISECONDS' })).toBe('2026-11-20T01:00:00.000Z')
    expect(
      codesOf(read({ evaluatedAt: '1795136400' }, { ...plainMapping, timeFormat: 'EPOCH_MILLISECONDS' }).problems),
    ).toEqual(['evaluatedAt TIME_SHAPE_UNKNOWN'])
  })

  it('has each item once, by the codes of the hub', () => {
    const twice = read({ items: '510,510，517' })
    expect([twice.reading?.items, codesOf(twice.warnings)]).toEqual([['510', '517'], ['items ITEM_TWICE']])
    const mapped = { ...plainMapping, items: { kind: 'MAPPED', edition: 2, codes: { A1: '510', A2: '510' } } } as const
    expect(read({ items: 'A1,A2' }, mapped).reading?.items).toEqual(['510'])
    expect(codesOf(read({ items: 'A1,B9' }, mapped).problems)).toEqual(['items ITEM_UNKNOWN'])
    const none = read({ level: '0', items: '501,501,999' }, reversedMapping)
    expect([none.reading?.items, codesOf(none.warnings)]).toEqual([[], ['items ITEMS_NOT_DECLARED']])
  })

  it('keeps who rated only where its source is declared to hand it over', () => {
    const person = { evaluatorName: '林小满', evaluatorPhone: '138 0000 0000' }
    expect(read(person).reading).toMatchObject({ evaluatorName: '林小满', evaluatorPhone: '13800000000' })
    const kept = read({ ...person, level: '0' }, reversedMapping)
    expect(kept.reading).toMatchObject({ evaluatorName: null, evaluatorPhone: null })
    expect(codesOf(kept.warnings)).toEqual(['evaluatorName IDENTITY_NOT_DECLARED'])
    const wrong = read({ evaluatorPhone: '12345' })
    expect([wrong.reading?.evaluatorPhone, codesOf(wrong.warnings)]).toEqual([
      null,
      ['evaluatorPhone PHONE_NOT_A_NUMBER_IN_USE'],
    ])
  })

  it('names every fault at once', () => {
    const faulty = {
      sourceRatingId: ' ',
      caseNumber: 'A\u0000B',
      serviceNumber: '0',
      round: '3',
      isPublic: 'x',
      environment: '9',
    }
    expect(codesOf(read(faulty).problems)).toEqual([
      'sourceRatingId MISSING',
      'caseNumber CONTROL_CHARACTER',
      'serviceNumber NUMBER_OUT_OF_RANGE',
      'round NUMBER_OUT_OF_RANGE',
      'isPublic CODE_UNKNOWN',
      'environment CODE_UNKNOWN',
    ])
  })
})
