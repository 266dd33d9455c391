import { describe, expect, test } from 'vitest'
import { type CaseReportRow, judgeCaseReport } from '../../subgraphs/cases/domain/case-report.ts'
import { caseRow, inventedCreditCode, inventedIdentityNumber } from '../kit/case-rows.ts'

const now = new Date('2026-11-20T02:00:00Z')
const judge = (changes: Partial<CaseReportRow> = {}) => judgeCaseReport(caseRow(1, changes), now)
const codes = (changes: Partial<CaseReportRow>) => judge(changes).problems.map(({ path, code }) => `${path} ${code}`)
const warnings = (changes: Partial<CaseReportRow>) => judge(changes).warnings.map(({ path, code }) => `${path} ${code}`)

const firm = { applicantKind: '2', applicantName: '甲州示例有限公司', documentKind: null }

test('a sound row becomes a report with meanings instead of codes', () => {
  expect(judge()).toEqual({
    problems: [],
    warnings: [],
    report: {
      caseNumber: '4101002026111900000001',
      dataVersion: 1,
      regionCode: '410100',
      serviceCode: '000114001000',
      taskItemCode: null,
      hall: '甲州市政务大厅',
      windowNumber: 'A01',
      staffNumber: 'SB001',
      queueNumber: 'A1',
      state: 'CLOSED',
      handlingKind: 'INSTANT',
      isValid: true,
      title: '养老保险待遇核定',
      isProbe: false,
      outcome: 'COMPLETED',
      mergedInto: null,
      acceptedAt: new Date('2026-11-19T01:00:00Z'),
      promisedAt: null,
      legalLimitAt: new Date('2026-11-30T15:59:59Z'),
      closedAt: new Date('2026-11-19T01:20:00Z'),
      applicant: {
        kind: 'NATURAL_PERSON',
        name: '苏小满',
        documentKind: '111',
        documentNumber: inventedIdentityNumber,
        contactName: null,
        phone: '13900000000',
      },
    },
  })
})

describe('what is wrong is named with its field', () => {
  test.each<[string, Partial<CaseReportRow>, string[]]>([
    ['no case number', { caseNumber: ' ' }, ['caseNumber MISSING']],
    ['nine characters', { caseNumber: '123456789' }, ['caseNumber CASE_NUMBER_MALFORMED']],
    ['51 characters', { caseNumber: '4'.repeat(51) }, ['caseNumber CASE_NUMBER_MALFORMED']],
    ['a case number with a blank', { caseNumber: '4101002026 1119' }, ['caseNumber CASE_NUMBER_MALFORMED']],
    ['version 0', { dataVersion: 0 }, ['dataVersion DATA_VERSION_OUT_OF_RANGE']],
    ['a region of five digits', { regionCode: '41010' }, ['regionCode REGION_CODE_MALFORMED']],
    ['no region', { regionCode: '' }, ['regionCode MISSING']],
    ['no matter', { serviceCode: '' }, ['serviceCode MISSING']],
    ['a matter of 51 characters', { serviceCode: 'x'.repeat(51) }, ['serviceCode TOO_LONG']],
    ['state 5', { state: '5' }, ['state CODE_UNKNOWN']],
    ['a state that is a name of every object', { state: 'constructor' }, ['state CODE_UNKNOWN']],
    ['handling kind 3', { handlingKind: '3' }, ['handlingKind CODE_UNKNOWN']],
    ['applicant kind 7', { applicantKind: '7' }, ['applicantKind CODE_UNKNOWN']],
    ['data state 2', { dataState: '2' }, ['dataState CODE_UNKNOWN']],
    ['no applicant', { applicantName: '' }, ['applicantName MISSING']],
    ['a zero character', { title: 'a\u0000b' }, ['title CONTROL_CHARACTER']],
    ['second 74', { acceptedAt: '2026-11-19 08:48:74' }, ['acceptedAt SECONDS_OUT_OF_RANGE']],
    ['hour 25', { acceptedAt: '2026-11-19 25:48:14' }, ['acceptedAt CLOCK_NOT_REAL']],
    ['31 February', { promisedAt: '2026-02-31 08:48:14' }, ['promisedAt DATE_NOT_REAL']],
    ['a date alone', { legalLimitAt: '2026-11-30' }, ['legalLimitAt TIME_WITHOUT_CLOCK']],
    ['closed without a time', { closedAt: null }, ['closedAt CLOSED_AT_MISSING']],
    ['closed with a blank time', { closedAt: ' ' }, ['closedAt CLOSED_AT_MISSING']],
    ['closed with an unreadable time', { closedAt: 'gestern' }, ['closedAt TIME_SHAPE_UNKNOWN']],
    ['open with a closing time', { state: '2' }, ['closedAt CLOSED_AT_BUT_OPEN']],
    ['closed before accepted', { closedAt: '2026-11-19 08:59:59' }, ['closedAt CLOSED_BEFORE_ACCEPTED']],
    ['closed tomorrow', { closedAt: '2026-11-20 10:05:01' }, ['closedAt TIME_IN_FUTURE']],
    [
      'a mistyped identity number',
      { documentNumber: `${inventedIdentityNumber.slice(0, -1)}?` },
      ['documentNumber IDENTITY_NUMBER_CHARACTERS'],
    ],
    [
      'a firm’s code of 17 characters',
      { ...firm, documentNumber: inventedCreditCode.slice(1) },
      ['documentNumber CREDIT_CODE_LENGTH'],
    ],
    ['a landline without area code', { contactPhone: '60000000' }, ['contactPhone PHONE_AREA_CODE_MISSING']],
    ['a masked phone', { contactPhone: '139****0000' }, ['contactPhone PHONE_CHARACTERS']],
    ['a document kind in words', { documentKind: '身份证' }, ['documentKind CODE_UNKNOWN']],
    ['a firm’s document kind in letters', { ...firm, documentKind: 'zzz' }, ['documentKind CODE_UNKNOWN']],
    ['outcome 5', { outcome: '5' }, ['outcome CODE_UNKNOWN']],
    ['no outcome', { outcome: '' }, ['outcome CODE_UNKNOWN']],
    ['refused, yet open', { outcome: '2', state: '2', closedAt: '' }, ['outcome OUTCOME_BUT_OPEN']],
    ['merged, yet valid', { mergedInto: caseRow(2).caseNumber }, ['mergedInto MERGED_BUT_VALID']],
    ['merged into what is no number', { dataState: '0', mergedInto: 'A-1' }, ['mergedInto CASE_NUMBER_MALFORMED']],
    ['merged into itself', { dataState: '0', mergedInto: caseRow(1).caseNumber }, ['mergedInto MERGED_INTO_ITSELF']],
    [
      'everything at once',
      { caseNumber: '1', state: '9', acceptedAt: 'x', applicantName: '' },
      [
        'caseNumber CASE_NUMBER_MALFORMED',
        'state CODE_UNKNOWN',
        'acceptedAt TIME_SHAPE_UNKNOWN',
        'applicantName MISSING',
      ],
    ],
  ])('%s', (_name, changes, expected) => {
    const { report, problems } = judge(changes)
    expect(report).toBeNull()
    expect(codes(changes)).toEqual(expected)
    for (const problem of problems) {
      expect(problem.message).toMatch(/[\u4e00-\u9fff]/)
      expect(problem.messageEnglish).not.toBe('')
    }
  })
})

test('a case ends in four ways, and a void one may name the case that took it in', () => {
  const outcomes = ['1', '2', ' 3', '4'].map(outcome => judge({ outcome }).report!.outcome)
  expect(outcomes).toEqual(['COMPLETED', 'REFUSED', 'RETURNED', 'WITHDRAWN'])
  const mergedInto = caseRow(2).caseNumber
  expect(judge({ dataState: '0', mergedInto }).report).toMatchObject({ isValid: false, mergedInto })
  expect(judge({ dataState: '0', mergedInto: ' ' }).report).toMatchObject({ isValid: false, mergedInto: null })
})

describe('what is odd is taken with a warning or in silence', () => {
  test.each<[string, Partial<CaseReportRow>, string[]]>([
    [
      '24 characters of case number',
      { caseNumber: '410100202611190000000101' },
      ['caseNumber CASE_NUMBER_LONGER_THAN_EXCHANGE'],
    ],
    ['50 characters of case number', { caseNumber: '4'.repeat(50) }, ['caseNumber CASE_NUMBER_LONGER_THAN_EXCHANGE']],
    [
      'an early credit code',
      { ...firm, documentNumber: `${inventedCreditCode.slice(0, -1)}${inventedCreditCode.endsWith('5') ? '6' : '5'}` },
      ['documentNumber CREDIT_CODE_CHECKSUM_FAILS'],
    ],
    [
      'an unregistered document kind',
      { documentKind: '553', documentNumber: 'HK000000' },
      ['documentKind DOCUMENT_KIND_UNKNOWN'],
    ],
    ['a time without a blank', { acceptedAt: '2026-11-1909:00:00' }, []],
    ['a clock five minutes fast', { closedAt: '2026-11-20 10:05:00' }, []],
    ['no document at all', { documentNumber: '', contactPhone: '' }, []],
    ['an open case without times', { state: '1', acceptedAt: '', closedAt: '' }, []],
  ])('%s', (_name, changes, expected) => {
    expect(judge(changes).report).not.toBeNull()
    expect(warnings(changes)).toEqual(expected)
  })
})

test('a problem never quotes what could be a person’s data', () => {
  const { problems } = judge({
    contactPhone: '139****0000',
    documentNumber: '999999199001010009',
    applicantName: '苏'.repeat(201),
  })
  expect(problems).toHaveLength(3)
  expect(JSON.stringify(problems)).not.toMatch(/139|199001010009|苏苏/)
})
