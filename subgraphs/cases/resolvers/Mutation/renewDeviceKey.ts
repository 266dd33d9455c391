import { renewDeviceKey as renew } from '../../actions/keep-devices.ts'
import type { CasesContext } from '../../context.ts'
import { deviceAnswer } from '../device-answer.ts'

export const renewDeviceKey = async (_: unknown, { input }: { input: { id: string } }, context: CasesContext) =>
  deviceAnswer('RenewDeviceKeySuccess', await renew(context, input.id), context)
