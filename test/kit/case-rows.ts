import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { creditCheckCharacter } from '../../subgraphs/shared/people/credit-code.ts'
import { identityCheckCharacter } from '../../subgraphs/shared/people/identity-number.ts'
import { serviceCodes } from './small-directory.ts'

// Region digits 99 belong to no province: nobody has these numbers.
const personBody = '99999919900101000'
const firmBody = '91999999000000000'

/** An identity number that nobody has and whose check digit fits. */
export const inventedIdentityNumber = personBody + identityCheckCharacter(personBody)
/** A credit code that no firm has and whose check character fits. */
export const inventedCreditCode = firmBody + creditCheckCharacter(firmBody)

/** A closed case of hall A as its queue system reports it; number `n` makes the case number. */
export function caseRow(n: number, changes: Partial<CaseReportRow> = {}): CaseReportRow {
  return {
    caseNumber: `41010020261119${String(n).padStart(8, '0')}`,
    dataVersion: 1,
    regionCode: '410100',
    serviceCode: serviceCodes.pension,
    hall: '甲州市政务大厅',
    windowNumber: 'A01',
    staffNumber: 'SB001',
    queueNumber: `A${n}`,
    state: '3',
    handlingKind: '1',
    applicantKind: '1',
    applicantName: '苏小满',
    documentKind: '111',
    documentNumber: inventedIdentityNumber,
    contactPhone: '13900000000',
    acceptedAt: '2026-11-19 09:00:00',
    legalLimitAt: '2026-11-30 23:59:59',
    closedAt: '2026-11-19 09:20:00',
    dataState: '1',
    title: '养老保险待遇核定',
    outcome: '1',
    ...changes,
  }
}
