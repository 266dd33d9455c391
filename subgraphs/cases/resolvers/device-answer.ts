import { refusal } from '../../shared/error-catalogue.ts'
import type { DeviceRefusal } from '../actions/keep-devices.ts'
import type { CasesContext } from '../context.ts'

/** What a mutation of the device ledger answers: the device under the name of its success, or the refusal. */
export async function deviceAnswer(
  success: string,
  answer: { id: string; deviceKey?: string } | DeviceRefusal,
  { load }: CasesContext,
) {
  if ('problems' in answer) {
    return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems: answer.problems }
  }
  if ('refused' in answer) {
    const __typename = answer.refused === 'DEVICE_UNKNOWN' ? 'DeviceNotFound' : 'NotPermitted'
    return { __typename, ...refusal(answer.refused) }
  }
  const { id, ...key } = answer
  return { __typename: success, device: await load.device.load(id), ...key }
}
