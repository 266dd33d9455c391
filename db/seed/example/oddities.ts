import type { CaseReport } from './case-report.ts'

/** Something that source systems do (来源数据问题): how many rows have it, whether they are taken all the same, and how it is made. */
export type Oddity = {
  name: string
  count: number
  isTaken: boolean
  fits: (row: CaseReport) => boolean
  made: (row: CaseReport) => Partial<CaseReport>
}

const isPerson = (row: CaseReport) => row.applicantKind === '1'
const isFirm = (row: CaseReport) => row.applicantKind === '2'
const anyRow = () => true
const anotherDigit = (digit: string) => (digit === '5' ? '6' : '5')

/** All oddities of the example file; no row has two of them. */
export const oddities: readonly Oddity[] = [
  // Real numbers reach 24 characters though the exchange table has 22: wide inside, checked at the border (2-codes).
  odd('CASE_NUMBER_OF_24', 14, true, anyRow, ({ caseNumber }) => ({ caseNumber: `${caseNumber}01` })),
  odd('NO_BLANK_IN_TIME', 12, true, anyRow, ({ acceptedAt, closedAt }) => {
    return { acceptedAt: acceptedAt.replace(' ', ''), closedAt: closedAt.replace(' ', '') }
  }),
  // Early codes fail their own checksum: a warning, never a refusal.
  odd('CREDIT_CODE_CHECKSUM', 4, true, isFirm, ({ documentNumber }) => {
    return { documentNumber: documentNumber.slice(0, -1) + anotherDigit(documentNumber.at(-1)!) }
  }),
  odd('SECOND_74', 8, false, anyRow, ({ acceptedAt }) => ({ acceptedAt: `${acceptedAt.slice(0, -2)}74` })),
  odd('REGION_OF_ANOTHER_PROVINCE', 6, false, anyRow, () => ({ regionCode: '420100' })),
  odd('REGION_OUT_OF_SCOPE', 5, false, anyRow, () => ({ regionCode: '411000' })),
  odd('MATTER_UNKNOWN', 8, false, anyRow, ({ serviceCode }) => ({ serviceCode: `${serviceCode.slice(0, -4)}9999` })),
  odd('FEBRUARY_31', 5, false, anyRow, ({ acceptedAt }) => ({ acceptedAt: `2026-02-31${acceptedAt.slice(10)}` })),
  odd('IDENTITY_CHECK_DIGIT', 6, false, isPerson, ({ documentNumber }) => {
    return { documentNumber: documentNumber.slice(0, -1) + anotherDigit(documentNumber.at(-1)!) }
  }),
  odd('APPLICANT_NAME_MISSING', 5, false, anyRow, () => ({ applicantName: '' })),
  odd('CLOSED_WITHOUT_TIME', 4, false, anyRow, () => ({ closedAt: '' })),
  odd('STATE_UNKNOWN', 2, false, anyRow, () => ({ state: '5' })),
  odd('WINDOW_UNKNOWN', 1, false, anyRow, () => ({ windowNumber: 'Z99' })),
]

function odd(name: string, count: number, isTaken: boolean, fits: Oddity['fits'], made: Oddity['made']): Oddity {
  return { name, count, isTaken, fits, made }
}
