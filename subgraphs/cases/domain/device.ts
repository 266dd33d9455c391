import type { InputProblem } from '../../shared/rows/input-problem.ts'
import { createRowJudge } from '../../shared/rows/row-judge.ts'
import type { Viewer } from '../../shared/viewer.ts'

/** Where a device stands (设备状态). */
export type DeviceState = 'IN_SERVICE' | 'FAULTY' | 'IN_REPAIR' | 'RETIRED'

const onlineMilliseconds = 5 * 60_000

/** Whether a device was heard of within the last five minutes (在线); it is noted at most once a minute. */
export function isOnline(lastSeenAt: Date | null, now: Date): boolean {
  return lastSeenAt !== null && lastSeenAt.getTime() > now.getTime() - onlineMilliseconds
}

/** The instant after which a device must have been heard of to count as online. */
export const onlineSince = (now: Date): Date => new Date(now.getTime() - onlineMilliseconds)

/** Who keeps the device ledger (设备台账): the supervisor of the hall, and management bodies. */
export function mayKeepDevices({ role }: Pick<Viewer, 'role'>): boolean {
  return role === 'HALL_SUPERVISOR' || role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
}

const longestText = 50

/** A device as it was asked to be registered, without blanks around its texts. */
export type DeviceDraft = { name: string; owner: string; model: string | null }

/** Judges what is written about a device that is to be registered: name and owner of 1 to 50 characters, model of at most 50. */
export function judgeDevice(input: {
  name: string
  owner: string
  model?: string | null
}): { device: DeviceDraft } | { problems: InputProblem[] } {
  const judge = createRowJudge()
  const name = judge.needed('name', input.name, longestText)
  const owner = judge.needed('owner', input.owner, longestText)
  const model = judge.text('model', input.model, longestText)
  return name === null || owner === null || judge.problems.length > 0
    ? { problems: judge.problems }
    : { device: { name, owner, model } }
}

const longestNote = 200

/** Judges what happened to a device (说明): 2 to 200 characters. */
export function judgeDeviceNote(text: string): { note: string } | { problems: InputProblem[] } {
  const judge = createRowJudge()
  const note = judge.needed('note', text, longestNote)
  if (note !== null && [...note].length < 2) {
    judge.refuse('note', 'TOO_SHORT', '说明至少 2 个字符', 'needs at least 2 characters')
  }
  return note === null || judge.problems.length > 0 ? { problems: judge.problems } : { note }
}
