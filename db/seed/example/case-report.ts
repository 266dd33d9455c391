/** A row of the example file: the fields of `CaseReportInput` in the order of the columns, as a source writes them; '' is absent. */
export const caseReportFields = [
  'caseNumber',
  'dataVersion',
  'regionCode',
  'serviceCode',
  'taskItemCode',
  'hall',
  'windowNumber',
  'staffNumber',
  'queueNumber',
  'state',
  'handlingKind',
  'applicantKind',
  'applicantName',
  'documentKind',
  'documentNumber',
  'contactName',
  'contactPhone',
  'acceptedAt',
  'promisedAt',
  'legalLimitAt',
  'closedAt',
  'dataState',
  'title',
] as const

export type CaseReport = Record<(typeof caseReportFields)[number], string>
