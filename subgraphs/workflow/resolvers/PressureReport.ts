import { sealedColumns } from '../actions/report-pressure.ts'
import type { WorkflowContext } from '../context.ts'
import { reference } from '../domain/reference.ts'
import type { PressureReportRow } from '../store/pressure-report-rows.ts'

export const PressureReport = {
  text: ({ textSealed }: PressureReportRow, _: unknown, { crypto }: WorkflowContext) =>
    crypto.open(sealedColumns.text, textSealed),
  contactPhone: ({ contactSealed }: PressureReportRow, _: unknown, { crypto }: WorkflowContext) =>
    contactSealed && crypto.open(sealedColumns.contact, contactSealed),
  evaluation: ({ evaluationId }: PressureReportRow) => reference(evaluationId),
  department: ({ departmentId }: PressureReportRow) => reference(departmentId),
}
