import { creditCodeNotes, readCreditCode } from '../../shared/people/credit-code.ts'
import { identityNumberFaults, readIdentityNumber } from '../../shared/people/identity-number.ts'
import { phoneFaults, readPhone } from '../../shared/people/phone.ts'
import type { RowJudge } from '../../shared/rows/row-judge.ts'
import type { CaseReportRow } from './case-report.ts'
import { type ApplicantKind, applicantKinds, documentKinds, identityCardKind } from './reported-codes.ts'

/** An applicant as reported (申请人), in plain: it is sealed before it is stored. */
export type ReportedApplicant = {
  kind: ApplicantKind
  name: string
  /** Null for organisations: their number is the 统一社会信用代码. */
  documentKind: string | null
  documentNumber: string | null
  contactName: string | null
  /** As `readPhone` writes it, without an extension. */
  phone: string | null
}

/** Names of foreign persons and of companies are long; the exchange table's 50 are a matter of the border. */
const longestName = 200
const longestDocument = 50

/** Judges the applicant of one row; what is wrong goes to the judge. */
export function judgeApplicant(row: CaseReportRow, judge: RowJudge, now: Date): ReportedApplicant | null {
  const kind = judge.code('applicantKind', row.applicantKind, applicantKinds)
  const name = judge.needed('applicantName', row.applicantName, longestName)
  const contactName = judge.text('contactName', row.contactName, longestName)
  const phone = judgePhone(row, judge)
  const document = judge.text('documentNumber', row.documentNumber, longestDocument)
  if (kind === null) return null
  const writtenKind = judgeDocumentKind(row, judge)
  const { documentKind, documentNumber } =
    kind === 'NATURAL_PERSON'
      ? judgePersonDocument(writtenKind, document, judge, now)
      : judgeCreditCode(document, judge)
  return name === null ? null : { kind, name, documentKind, documentNumber, contactName, phone }
}

function judgePhone(row: CaseReportRow, judge: RowJudge): string | null {
  if ((row.contactPhone?.trim() ?? '') === '') return null
  const phone = readPhone(row.contactPhone!)
  if (phone.ok) return phone.number
  const { zh, en } = phoneFaults[phone.fault]
  return judge.refuse('contactPhone', `PHONE_${phone.fault}`, zh, en)
}

/** Organisations have one kind of document, so theirs is not kept; what is no code is refused all the same. */
function judgeDocumentKind(row: CaseReportRow, judge: RowJudge): string | null {
  const documentKind = row.documentKind?.trim() || identityCardKind
  if (/^\d{1,4}$/.test(documentKind)) return documentKind
  return judge.refuse(
    'documentKind',
    'CODE_UNKNOWN',
    '证件类型应为数字代码，如 111',
    'must be a numeric code such as 111',
  )
}

function judgePersonDocument(documentKind: string | null, document: string | null, judge: RowJudge, now: Date) {
  if (documentKind !== null && !(documentKind in documentKinds)) {
    judge.warn(
      'documentKind',
      'DOCUMENT_KIND_UNKNOWN',
      `证件类型 ${documentKind} 不在已登记的代码中，已按原样保存`,
      `document kind ${documentKind} is not a registered code; kept as it is`,
    )
  }
  if (document === null || documentKind !== identityCardKind) return { documentKind, documentNumber: document }
  const read = readIdentityNumber(document, now)
  if (read.ok) return { documentKind, documentNumber: read.number }
  const { zh, en } = identityNumberFaults[read.fault]
  judge.refuse('documentNumber', `IDENTITY_NUMBER_${read.fault}`, zh, en)
  return { documentKind, documentNumber: null }
}

function judgeCreditCode(document: string | null, judge: RowJudge) {
  if (document === null) return { documentKind: null, documentNumber: null }
  const read = readCreditCode(document)
  if (!read.ok) {
    const { zh, en } = creditCodeNotes[read.fault]
    judge.refuse('documentNumber', `CREDIT_CODE_${read.fault}`, zh, en)
    return { documentKind: null, documentNumber: null }
  }
  for (const warning of read.warnings) {
    const { zh, en } = creditCodeNotes[warning]
    judge.warn('documentNumber', `CREDIT_CODE_${warning}`, zh, en)
  }
  return { documentKind: null, documentNumber: read.code }
}
