import type { Log } from '../../shared/log.ts'
import { type PhonePreparation, planMissedInvitations, preparePhoneInvitations } from './prepare-phone-invitations.ts'
import { type PhoneTeller, tellPhoneRatings } from './tell-phone-ratings.ts'

/** Pause between two sweeps, milliseconds. */
const PAUSE_MS = 1_000

/** Keeps invitations by telephone ready and raters told, until stopped. What fails is logged and made up for by the next sweep. */
export function sweepPhoneRatings({ log, ...parts }: PhonePreparation & PhoneTeller & { log: Log }) {
  let isStopped = false
  let isPastPlanned = false
  let wake = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, PAUSE_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const logged = (text: string) => (error: unknown) => {
    log.warn({ subgraph: 'evaluations', error }, text)
    return false
  }
  const planPast = async () => {
    if (isPastPlanned) return false
    await planMissedInvitations(parts)
    isPastPlanned = true
    return true
  }
  const tell = async () => {
    const { isMore, faults } = await tellPhoneRatings(parts)
    if (faults.length > 0) logged('raters by telephone could not be told')(faults[0])
    return isMore
  }
  const run = async () => {
    while (!isStopped) {
      const rests = [
        await planPast().catch(logged('invitations by telephone could not be planned')),
        await preparePhoneInvitations(parts).catch(logged('invitations by telephone could not be made ready')),
        await tell().catch(logged('raters by telephone could not be told')),
      ]
      if (!isStopped && !rests.includes(true)) await pause()
    }
  }
  const running = run()
  return {
    async stop() {
      isStopped = true
      wake()
      await running
    },
  }
}
