/** A case (办件) as the graph shows it; references are ids. */
export type ServiceCaseRow = {
  id: string
  caseNumber: string
  dataVersion: number
  state: 'PENDING' | 'ACCEPTED' | 'CLOSED'
  handlingKind: 'INSTANT' | 'PROMISED' | 'OTHER'
  isValid: boolean
  isProbe: boolean
  regionId: string
  departmentId: string
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
  matterId: string
  taskItemCode: string | null
  queueNumber: string | null
  acceptedAt: Date | null
  promisedAt: Date | null
  legalLimitAt: Date | null
  closedAt: Date | null
  /** `closedAt` in microseconds since 1970, as PostgreSQL keeps it: for cursors. */
  closedAtMicroseconds: string | null
  outcome: 'COMPLETED' | 'REFUSED' | 'RETURNED' | 'WITHDRAWN'
  mergedInto: string | null
  sourceSystem: string
  reportedAt: Date
}

/** An applicant (申请人) as anyone may ever see him outside a logged unmasking. */
export type ApplicantRow = {
  caseId: string
  kind: string
  maskedName: string
  maskedPhone: string | null
  maskedDocumentNumber: string | null
}
