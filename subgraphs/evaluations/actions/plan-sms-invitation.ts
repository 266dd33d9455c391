import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { CryptoPort } from '../../shared/crypto/crypto-port.ts'
import type { Transaction } from '../../shared/database.ts'
import type { StampedEvent } from '../../shared/events/event.ts'
import { policyInForce } from '../../shared/policy/policy.ts'
import { policyPresets } from '../../shared/policy/presets.ts'
import { newId } from '../../shared/uuid.ts'
import { rateableCase } from '../domain/rateable-case.ts'
import { plannedInvitationAt } from '../domain/sms-invitation.ts'
import { smsTokenHash, smsTokenOf } from '../domain/sms-token.ts'
import { planInvitation } from '../store/sms-invitations.ts'
import { reportedCaseOf } from './keep-reported-case.ts'

/** Only the first service of a case is invited: whoever came twice is not written to twice. */
const FIRST_SERVICE = 1

/** Plans the late invitation (短消息追评) of a case that was reported, in the transaction of the consumer. */
export function planSmsInvitations({ crypto, now }: { crypto: CryptoPort; now: () => Date }) {
  return async (transaction: Transaction, event: StampedEvent): Promise<void> => {
    const serviceCase = reportedCaseOf(event)
    if (serviceCase.isProbe) return
    const at = now()
    const own = policyPresets.filter(({ id }) => id === serviceCase.policyId)
    const policy = policyInForce(own, shanghaiDay(at))
    const nextAt = policy && plannedInvitationAt(rateableCase(serviceCase, false), at, policy)
    if (!nextAt) return
    const id = newId(at.getTime())
    const tokenHash = smsTokenHash(smsTokenOf(id, crypto.codeMac), crypto.codeMac)
    await planInvitation(transaction, serviceCase, { id, serviceNumber: FIRST_SERVICE, tokenHash, nextAt, now: at })
  }
}
