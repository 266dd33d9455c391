import { refusal } from '../../../shared/error-catalogue.ts'
import { reportPressure as report } from '../../actions/report-pressure.ts'
import type { WorkflowContext } from '../../context.ts'
import type { PressureKind } from '../../domain/pressure-report.ts'

const typeOfRefusal = { INVALID_REPORT: 'InvalidReport', RECEIPT_UNKNOWN: 'ReceiptUnknown' } as const

type Input = { receiptNumber: string; kind: PressureKind; text: string; contactPhone?: string | null }

export async function reportPressure(_: unknown, { input }: { input: Input }, context: WorkflowContext) {
  const { refused, ...answer } = {
    refused: null,
    ...(await report({ ...input, contactPhone: input.contactPhone ?? null }, context)),
  }
  if (refused) return { __typename: typeOfRefusal[refused], ...refusal(refused), ...answer }
  return { __typename: 'ReportPressureSuccess', ...answer }
}
