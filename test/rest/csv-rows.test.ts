import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guardCell, unguardCell } from '../../router/rest/file/formula-guard.ts'
import type { Problem } from '../../router/rest/problem.ts'
import { rowsOf } from './file-rows.ts'

const header = 'caseNumber,regionCode,serviceCode,state,applicantName'
const line = (name: string, number = '41010020261119001') => `${number},410100,000114001000,3,${name}`
const csv = (...lines: string[]) => [header, ...lines].join('\n')
const summary = (text: string) =>
  rowsOf([text]).map(({ lineNumber, fields, problems }) => [
    lineNumber,
    fields?.applicantName ?? problems.map(({ code }) => code),
  ])
const refusalOf = (text: string): Problem => {
  try {
    rowsOf([text])
  } catch (error) {
    return (error as { problem: Problem }).problem
  }
  throw new Error('the file was not refused')
}

test('cells are what an independent reader finds in them', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab,"\n 满'), maxLength: 8 })
  const written = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell, cell, cell), { minLength: 1, maxLength: 20 }), rows => {
      const text = [header, ...rows.map(cells => cells.map(written).join(','))].join('\n')
      const oracle = parse<Record<string, string>>(text, { columns: true, skip_records_with_empty_values: true })
      const isBlank = (row: object) => Object.values(row).every(value => value.trim() === '')
      expect(rowsOf([text]).map(({ raw }) => JSON.parse(raw))).toEqual(oracle.filter(row => !isBlank(row)))
    }),
    { numRuns: 500 },
  )
})

test('a row has the defaults of the graph for what it leaves empty', () => {
  const text =
    'PROJID,DATAVERSION,AREACODE,SERVICE_CODE,proStatus,APPLYNAME,TELPHONE,备注\nA1,2,410100,0001,3,苏小满,,x\nA2,,,,,,,\n'
  expect(rowsOf([text])).toEqual([
    {
      lineNumber: 2,
      raw: JSON.stringify({
        PROJID: 'A1',
        DATAVERSION: '2',
        AREACODE: '410100',
        SERVICE_CODE: '0001',
        proStatus: '3',
        APPLYNAME: '苏小满',
        TELPHONE: '',
        备注: 'x',
      }),
      fields: {
        caseNumber: 'A1',
        dataVersion: 2,
        regionCode: '410100',
        serviceCode: '0001',
        state: '3',
        applicantName: '苏小满',
      },
      problems: [],
    },
    expect.objectContaining({
      lineNumber: 3,
      fields: { caseNumber: 'A2', regionCode: '', serviceCode: '', state: '', applicantName: '' },
    }),
  ])
})

test('blank lines and rows without any value count for nothing', () => {
  expect(summary(csv('', line('苏小满'), ',,,,', '  ', line('方亦宁'), ''))).toEqual([
    [3, '苏小满'],
    [6, '方亦宁'],
  ])
})

test('a quoted cell may run over lines, and the row bears the number of its first', () => {
  expect(summary(csv(line('"苏\n小""满"'), line('方亦宁')))).toEqual([
    [2, '苏\n小"满'],
    [4, '方亦宁'],
  ])
})

test('a quote that never ends costs its own row and no other', () => {
  expect(summary(csv(line('苏小满'), line('"方亦宁'), line('江若云'), line('柏知远')))).toEqual([
    [2, '苏小满'],
    [3, ['QUOTE_BROKEN']],
    [4, '江若云'],
    [5, '柏知远'],
  ])
  const many = Array.from({ length: 60 }, (_, index) => line(index === 5 || index === 40 ? '"方亦宁' : '江若云'))
  expect(summary(csv(...many)).filter(([, what]) => what !== '江若云')).toEqual([
    [7, ['QUOTE_BROKEN']],
    [42, ['QUOTE_BROKEN']],
  ])
})

test('text behind a closing quote costs the row, quotes within a bare cell cost nothing', () => {
  expect(summary(csv(line('"方"亦宁'), line('方"亦"宁'), line('江若云')))).toEqual([
    [2, ['QUOTE_BROKEN']],
    [3, '方"亦"宁'],
    [4, '江若云'],
  ])
})

test('a row with too many or too few cells keeps what could be told and the whole line', () => {
  const [many, few] = rowsOf([csv(line('苏,小满'), '41010020261119002,410100')])
  expect(many).toMatchObject({ fields: null, problems: [{ path: 'row', code: 'COLUMN_COUNT' }] })
  expect(many!.problems[0]!.messageEnglish).toContain('must have 5 cells as the header has, 6 were found')
  expect(JSON.parse(many!.raw)).toMatchObject({ applicantName: '苏', _raw: line('苏,小满') })
  expect(JSON.parse(few!.raw)).toEqual({
    caseNumber: '41010020261119002',
    regionCode: '410100',
    serviceCode: '',
    state: '',
    applicantName: '',
    _raw: '41010020261119002,410100',
  })
})

test('a version that is no whole number is refused where it stands', () => {
  const text = `dataVersion,${header}\n${['0', '1.5', '新', '2147483648', '99999999999', '2147483647', ' 7 ', '']
    .map(version => `${version},${line('苏小满')}`)
    .join('\n')}`
  expect(rowsOf([text]).map(row => row.fields?.dataVersion ?? row.problems[0]?.code ?? 'default')).toEqual([
    ...Array.from({ length: 5 }, () => 'DATA_VERSION_OUT_OF_RANGE'),
    2_147_483_647,
    7,
    'default',
  ])
})

test('a header that cannot do is refused once, with each column at fault', () => {
  expect(refusalOf('caseNumber,PROJID,AREACODE,备注,备注,,\n')).toMatchObject({
    status: 422,
    code: 'UPLOAD_COLUMNS_REFUSED',
    errors: [
      { path: 'PROJID', code: 'COLUMN_TWICE' },
      { path: '备注', code: 'COLUMN_TWICE' },
      { path: 'serviceCode', code: 'COLUMN_MISSING' },
      { path: 'state', code: 'COLUMN_MISSING' },
      { path: 'applicantName', code: 'COLUMN_MISSING' },
    ],
  })
  expect(refusalOf('').errors).toMatchObject([{ path: 'header', code: 'MISSING' }])
  expect(refusalOf('"caseNumber,state\n').errors).toMatchObject([{ path: 'header', code: 'QUOTE_BROKEN' }])
})

test('the apostrophe before a formula can be taken away exactly', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`'=+-@\t\r\n＝1满`) }), cell => {
      expect(unguardCell(guardCell(cell))).toBe(cell)
      expect(guardCell(cell)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
    }),
  )
})
