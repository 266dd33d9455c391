import type { EvaluationsContext } from '../context.ts'

export const StaffMember = {
  __resolveReference: ({ id }: { id: string }) => ({ id }),
  staticCode: ({ id }: { id: string }, _: unknown, { loaders }: EvaluationsContext) =>
    loaders.staticCodeOfStaffMember(id),
}
