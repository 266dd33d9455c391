import { shortened } from './shortened.ts'

/** What an invitation names: the office and the matter, so that it does not look like fraud; never a person or a number. */
export type InvitedService = { departmentName: string; matterName: string; isClosed: boolean; url: string }

/** Two SMS parts of 67 UTF-16 units each. */
export const LONGEST_INVITATION = 134
// Names are never cut to less than this, even where a long address makes it three parts.
const LEAST_OF_NAMES = 16

const SIGNATURE = '【政务服务好差评】'
const REPLY = '直接回复1-5也可（5非常满意，1非常不满意），退订回TD'

/** The late invitation (短消息追评) of a closed case, or of one that is overdue. */
export function invitationText(service: InvitedService): string {
  const ending = service.isClosed ? '”已办结，请评价：' : '”已超过办理时限，请评价：'
  return fitted(service, `${SIGNATURE}您在`, ending)
}

/** The one reminder. */
export function reminderText(service: InvitedService): string {
  return fitted(service, `${SIGNATURE}提醒：您在`, '”还未评价，请评价：')
}

function fitted({ departmentName, matterName, url }: InvitedService, beginning: string, ending: string): string {
  const between = '办理的“'
  const rest = `${ending}${url} ${REPLY}`
  const room = Math.max(LEAST_OF_NAMES, LONGEST_INVITATION - beginning.length - between.length - rest.length)
  // The matter may take what a short office leaves over, and the other way round.
  const department = shortened(departmentName, Math.max(Math.floor(room / 2), room - matterName.length))
  const matter = shortened(matterName, room - department.length)
  return `${beginning}${department}${between}${matter}${rest}`
}
