import type { CallerCase as Found } from '../actions/find-caller-cases.ts'

export const CallerCase = {
  serviceCase: ({ serviceCase }: Found) => ({ __typename: 'ServiceCase', id: serviceCase.caseId }),
  matterName: ({ serviceCase }: Found) => serviceCase.matterName,
  departmentName: ({ serviceCase }: Found) => serviceCase.departmentName,
  hallName: ({ serviceCase }: Found) => serviceCase.hallName,
  windowNumber: ({ serviceCase }: Found) => serviceCase.windowNumber,
  staffNumber: ({ serviceCase }: Found) => serviceCase.staffNumber,
  closedAt: ({ serviceCase }: Found) => serviceCase.closedAt,
}
