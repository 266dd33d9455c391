import { recordDevice as record } from '../../actions/keep-devices.ts'
import type { CasesContext } from '../../context.ts'
import type { DeviceState } from '../../domain/device.ts'
import { deviceAnswer } from '../device-answer.ts'

type Arguments = { input: { id: string; state: DeviceState; note: string } }

export const recordDevice = async (_: unknown, { input }: Arguments, context: CasesContext) =>
  deviceAnswer('RecordDeviceSuccess', await record(context, input), context)
