import type { Log } from '../../shared/log.ts'
import { type InvitationSender, MOST_AT_ONCE, sendSmsInvitations } from './send-sms-invitations.ts'

/** Pause between two sweeps, milliseconds: an invitation is due to the minute, not to the second. */
const PAUSE_MS = 2_000

/** Sweeps until stopped. A sweep that fails is logged and made up for by the next; copies of this subgraph take different rows. */
export function sweepSmsInvitations({ log, ...sender }: InvitationSender & { log: Log }) {
  let isStopped = false
  let wake = () => {}
  const pause = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, PAUSE_MS)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const fault = (error: unknown) =>
    log.warn({ subgraph: 'evaluations', error }, 'SMS invitations could not be handed over')
  const run = async () => {
    while (!isStopped) {
      let taken = 0
      try {
        const swept = await sendSmsInvitations(sender)
        taken = swept.taken
        if (swept.faults.length > 0) fault(swept.faults[0])
      } catch (error) {
        fault(error)
      }
      if (!isStopped && taken < MOST_AT_ONCE) await pause()
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
