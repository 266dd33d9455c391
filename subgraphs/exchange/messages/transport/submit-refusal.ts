import smpp from 'smpp'
import { type NotSentReason, SmsNotSent } from './sms-port.ts'

/**
 * Only what the message itself is to blame for is refused for good; the session, the account, the access number and unknown vendor codes
 * can be mended or pass, so they are for now and the queue's patience decides.
 */
const REASONS: Record<string, NotSentReason> = {
  ESME_RINVDSTADR: 'BAD_NUMBER',
  ESME_RINVDSTTON: 'BAD_NUMBER',
  ESME_RINVDSTNPI: 'BAD_NUMBER',
  ESME_RINVMSGLEN: 'BAD_TEXT',
  ESME_RX_P_APPN: 'BAD_TEXT',
  ESME_RX_R_APPN: 'BAD_TEXT',
  ESME_RTHROTTLED: 'THROTTLED',
  ESME_RMSGQFUL: 'THROTTLED',
}

const names = new Map(Object.entries(smpp.errors).map(([name, status]) => [status, name]))

/** The name of a command_status, `0x400` where the protocol knows none (vendors' own begin there). */
export function statusName(status: number): string {
  return names.get(status) ?? `0x${status.toString(16)}`
}

export function submitRefusal(status: number): SmsNotSent {
  const code = statusName(status)
  return new SmsNotSent(REASONS[code] ?? 'REFUSED_FOR_NOW', code)
}
