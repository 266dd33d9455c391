import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { makeDirectory } from '../../db/seed/directory.ts'
import { caseReportFields } from '../../db/seed/example/case-report.ts'
import { makeExampleFiles } from '../../db/seed/example/example-files.ts'
import { makeExampleRows } from '../../db/seed/example/example-rows.ts'
import { oddities } from '../../db/seed/example/oddities.ts'
import { PHONE_BLOCK, UNASSIGNED_DIVISION } from '../../db/seed/invented/people.ts'
import { parseSourceTime } from '../../subgraphs/shared/clock/shanghai-time.ts'
import { readCreditCode } from '../../subgraphs/shared/people/credit-code.ts'
import { readIdentityNumber } from '../../subgraphs/shared/people/identity-number.ts'

const rows = makeExampleRows()
const files = makeExampleFiles()
const rowsWith = (name: string) => rows.filter(({ oddity }) => oddity?.name === name).map(({ row }) => row)

test('the committed files are what the maker makes', async () => {
  for (const [name, text] of Object.entries(files)) {
    const committed = await readFile(new URL(`../../db/seed/example/${name}`, import.meta.url), 'utf8')
    expect(committed === text, `${name}: run node db/seed/example/make-example.ts`).toBe(true)
  }
})

test('both files hold the same thousand rows', () => {
  expect(files['cases.csv'].startsWith('\ufeffcaseNumber,')).toBe(true)
  const fromCsv = parse<Record<string, string>>(files['cases.csv'], { bom: true, columns: true })
  expect(fromCsv).toEqual(rows.map(({ row }) => row))
  const fromNdjson = files['cases.ndjson']
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  const filled = fromNdjson.map(given => {
    return Object.fromEntries(caseReportFields.map(field => [field, String(given[field] ?? '')]))
  })
  expect(filled).toEqual(fromCsv)
})

test('950 rows are to be taken and 50 refused', () => {
  expect(rows.filter(({ oddity }) => oddity === null || oddity.isTaken).length).toBe(950)
  expect(oddities.map(({ name }) => [name, rowsWith(name).length])).toEqual(
    oddities.map(({ name, count }) => [name, count]),
  )
})

test('a sound row names a window, staff member and matter of the main hall and closes after it began', () => {
  const { mainHall, windows, staff, matters } = makeDirectory()
  for (const { row } of rows.filter(({ oddity }) => oddity === null)) {
    const staffMember = staff.find(({ staffNumber }) => staffNumber === row.staffNumber)!
    const window = windows.find(({ hallId, number }) => hallId === mainHall.id && number === row.windowNumber)
    const matter = matters.find(({ serviceCode }) => serviceCode === row.serviceCode)!
    expect(staffMember.window).toBe(window)
    expect(matter.departmentId).toBe(staffMember.departmentId)
    expect(row).toMatchObject({ hall: mainHall.name, regionCode: '410100', state: '3', dataState: '1' })
    expect('2026-11-01' < row.acceptedAt && row.acceptedAt < row.closedAt && row.closedAt < '2026-11-21').toBe(true)
  }
})

test('case numbers occur once and have 22 characters, or 24 where that is the oddity', () => {
  expect(new Set(rows.map(({ row }) => row.caseNumber)).size).toBe(1000)
  for (const { row, oddity } of rows) {
    expect(row.caseNumber).toMatch(oddity?.name === 'CASE_NUMBER_OF_24' ? /^\d{24}$/ : /^\d{22}$/)
  }
})

test('times are read, or fail in the way that the oddity names', () => {
  for (const { row, oddity } of rows) {
    const fault = { SECOND_74: 'CLOCK_NOT_REAL', FEBRUARY_31: 'DATE_NOT_REAL' }[oddity?.name ?? '']
    expect(parseSourceTime(row.acceptedAt)).toMatchObject(fault ? { ok: false, fault } : { ok: true })
    const isMissing = oddity?.name === 'CLOSED_WITHOUT_TIME'
    expect(parseSourceTime(row.closedAt)).toMatchObject(isMissing ? { fault: 'TIME_EMPTY' } : { ok: true })
  }
})

test('documents check out, or fail in the way that the oddity names, and nobody has them', () => {
  const now = new Date('2026-11-21T00:00:00Z')
  for (const { row, oddity } of rows) {
    const { documentNumber, applicantKind, contactPhone } = row
    if (applicantKind === '1') {
      const isWrong = oddity?.name === 'IDENTITY_CHECK_DIGIT'
      const expected = isWrong ? { ok: false, fault: 'CHECK_DIGIT' } : { ok: true, number: documentNumber }
      expect(readIdentityNumber(documentNumber, now)).toEqual(expected)
      expect(documentNumber.slice(0, 6)).toBe(UNASSIGNED_DIVISION)
    } else {
      const warnings = oddity?.name === 'CREDIT_CODE_CHECKSUM' ? ['CHECKSUM_FAILS'] : []
      expect(readCreditCode(documentNumber)).toEqual({ ok: true, code: documentNumber, warnings })
      expect(documentNumber.slice(2, 8)).toBe(UNASSIGNED_DIVISION)
    }
    expect(contactPhone.startsWith(PHONE_BLOCK)).toBe(true)
  }
})
