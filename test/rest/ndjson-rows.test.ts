import { expect, test } from 'vitest'
import { rowsOf } from './file-rows.ts'

const rows = (...lines: string[]) => rowsOf([lines.join('\n')], { format: 'ndjson' })

test('texts, whole numbers and null are values; keys may be the names of the national interface', () => {
  const [row] = rows(
    '{"PROJID":"A1","DATAVERSION":"3","areaCode":410100,"taskCode":"0001","state":3,"applicantName":null,"_line":7}',
  )
  expect(row).toEqual({
    lineNumber: 1,
    raw: expect.stringContaining('"PROJID":"A1"'),
    fields: {
      caseNumber: 'A1',
      dataVersion: 3,
      regionCode: '410100',
      serviceCode: '0001',
      state: '3',
      applicantName: '',
    },
    problems: [],
  })
})

test.each([
  ['{"caseNumber":', 'row', 'ROW_NOT_JSON'],
  ['[1]', 'row', 'ROW_NOT_JSON'],
  ['"text"', 'row', 'ROW_NOT_JSON'],
  ['null', 'row', 'ROW_NOT_JSON'],
  ['{"caseNumber":4101000220261102000001}', 'caseNumber', 'FIELD_NOT_TEXT'],
  ['{"title":{"a":1}}', 'title', 'FIELD_NOT_TEXT'],
  ['{"title":true}', 'title', 'FIELD_NOT_TEXT'],
  ['{"title":"\\ud800"}', 'title', 'FIELD_NOT_TEXT'],
  ['{"caseNumber":"A1","PROJID":"A2"}', 'caseNumber', 'FIELD_TWICE'],
  ['{"dataVersion":1.5}', 'dataVersion', 'FIELD_NOT_TEXT'],
  ['{"dataVersion":-1}', 'dataVersion', 'DATA_VERSION_OUT_OF_RANGE'],
])('%s costs its row, with what is wrong at %s', (line, path, code) => {
  const [broken, sound] = rows(line, '{"caseNumber":"A1"}')
  expect(broken).toMatchObject({ lineNumber: 1, raw: line, fields: null, problems: [{ path, code }] })
  expect(sound).toMatchObject({ lineNumber: 2, fields: { caseNumber: 'A1' }, problems: [] })
})

test('blank lines count for nothing', () => {
  expect(rows('', '{"caseNumber":"A1"}', '  ', '{"caseNumber":"A2"}', '').map(row => row.lineNumber)).toEqual([2, 4])
})
