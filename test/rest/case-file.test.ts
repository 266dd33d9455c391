import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longestLineBytes } from '../../router/rest/file/line-blocks.ts'
import { cutAt, rowsOf } from './file-rows.ts'
import { createGb18030Writer } from './gb18030-bytes.ts'

const gb18030 = createGb18030Writer()
const header = 'caseNumber,regionCode,serviceCode,state,applicantName'
const csv = (...names: string[]) =>
  `${header}\n${names.map((name, index) => `4101002026111900${index},410100,000114001000,3,${name}`).join('\n')}\n`
const names = (rows: ReturnType<typeof rowsOf>) => rows.map(row => row.fields?.applicantName)
const codes = (rows: ReturnType<typeof rowsOf>) => rows.map(row => row.problems.map(problem => problem.code))

const character = fc.constantFrom(...'苏小满路平路中人社局养老保险ａ·龘𠮷😀aZ9 ,"{}')
const name = fc.string({ unit: character, maxLength: 12 })

test.each(['csv', 'ndjson'] as const)(
  'a %s file gives the same rows however its bytes are cut, in UTF-8 and in GB18030',
  format => {
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 30 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        fc.constantFrom('utf-8', 'gb18030', null),
        fc.boolean(),
        (written, places, charset, isGb18030) => {
          const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
          const text =
            format === 'csv'
              ? csv('中文', ...written.map(cell))
              : ['中文', ...written].map(applicantName => `${JSON.stringify({ applicantName })}\r\n`).join('')
          const bytes = isGb18030 ? gb18030(text) : Buffer.from(text)
          const rows = rowsOf(cutAt(bytes, places), { format, charset })
          expect(rows).toEqual(rowsOf([bytes], { format, charset }))
          if (charset !== null && isGb18030 !== (charset === 'gb18030')) return
          const expected = ['中文', ...written].map(given => (given.trim() === '' ? '' : given))
          expect(names(rows)).toEqual(expected)
        },
      ),
      { numRuns: 300 },
    )
  },
)

test('a byte order mark, or none, makes no difference', () => {
  expect(rowsOf([`\ufeff${csv('苏小满')}`])).toEqual(rowsOf([csv('苏小满')]))
  expect(rowsOf([gb18030(csv('苏小满'))])).toEqual(rowsOf([csv('苏小满')]))
  const marked = Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), gb18030(csv('苏小满'))])
  expect(rowsOf([marked])).toEqual(rowsOf([csv('苏小满')]))
})

test('GB18030 words that are sound UTF-8 by chance stay Chinese', () => {
  const bytes = gb18030(csv('路平'))
  expect(isUtf8(bytes)).toBe(true)
  expect(names(rowsOf([bytes]))).toEqual(['路平'])
})

test('a damaged byte costs its row, and neither turns the file into another encoding nor stops it', () => {
  const bytes = Buffer.from(csv('苏小满', '柳如烟', '方亦宁'))
  bytes[bytes.indexOf('柳') + 1] = 0x2e
  const rows = rowsOf([bytes])
  expect(names(rows)).toEqual(['苏小满', undefined, '方亦宁'])
  expect(codes(rows)).toEqual([[], ['CHARACTER_UNREADABLE'], []])
})

test('a file that was cut off within a character keeps all rows before', () => {
  const bytes = Buffer.from(csv('苏小满', '柳如烟'))
  const rows = rowsOf([bytes.subarray(0, -2)])
  expect(names(rows)).toEqual(['苏小满', undefined])
  expect(codes(rows)).toEqual([[], ['CHARACTER_UNREADABLE']])
})

test('Chinese that comes only after a megabyte of ASCII is still recognised', () => {
  const plain = Array.from({ length: 15_000 }, () => 'Su Xiaoman')
  for (const write of [(text: string) => Buffer.from(text), gb18030]) {
    const rows = rowsOf(cutAt(write(csv(...plain, '苏小满')), [70_000, 500_001, 999_999]))
    expect(names(rows.slice(-2))).toEqual(['Su Xiaoman', '苏小满'])
    expect(rows).toHaveLength(15_001)
  }
})

test('a line that is far too long costs its row and is never held', () => {
  const long = 'x'.repeat(1_000_000)
  const rows = rowsOf(cutAt(Buffer.from(csv('苏小满', long, '方亦宁')), [100_000, 200_000, 700_000]))
  expect(names(rows)).toEqual(['苏小满', undefined, '方亦宁'])
  expect(rows.map(row => row.lineNumber)).toEqual([2, 3, 4])
  expect(codes(rows)).toEqual([[], ['ROW_TOO_LONG'], []])
  expect(rows[1]!.raw.length).toBeLessThan(longestLineBytes + 1_000)
  expect(codes(rowsOf([csv('苏小满', long, '方亦宁')]))).toEqual([[], ['ROW_TOO_LONG'], []])
})

test('UTF-16 is refused by name', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv('苏小满'), 'utf16le')])
  expect(() => rowsOf([bytes])).toThrow('UPLOAD_CHARSET_UNKNOWN: Unknown character encoding: UTF-16')
})
