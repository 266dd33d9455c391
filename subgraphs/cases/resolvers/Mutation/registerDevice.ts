import { type DeviceInput, registerDevice as register } from '../../actions/keep-devices.ts'
import type { CasesContext } from '../../context.ts'
import { deviceAnswer } from '../device-answer.ts'

export const registerDevice = async (_: unknown, { input }: { input: DeviceInput }, context: CasesContext) =>
  deviceAnswer('RegisterDeviceSuccess', await register(context, input), context)
