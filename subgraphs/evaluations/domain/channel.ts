import type { RatingChannel } from '../../shared/policy/policy.ts'

/** Channels (评价渠道) by their number in EVALUATE_FORM, from 1. */
const channels: readonly RatingChannel[] = ['PORTAL', 'MOBILE', 'QR_CODE', 'WINDOW_DEVICE', 'TERMINAL', 'PHONE', 'SMS']

/** 1 to 7. */
export function channelNumber(channel: RatingChannel): number {
  return channels.indexOf(channel) + 1
}

/** The channel of a stored number; throws for a number that no channel has. */
export function channelNumbered(number: number): RatingChannel {
  const channel = channels[number - 1]
  if (!channel) throw new Error(`no channel has the number ${number}`)
  return channel
}
