import { maskPhone } from '../../shared/people/mask.ts'
import { type PhoneFault, phoneFaults, readPhone } from '../../shared/people/phone.ts'
import type { Role, Viewer } from '../../shared/viewer.ts'
import { type Messaging, messagingScope, phoneHashKind } from '../messages/messaging.ts'
import { keepOptOut, removeOptOut } from '../store/opt-outs.ts'

const permitted: readonly (Role | null)[] = [
  'HOTLINE_OPERATOR',
  'PHONE_INVITER',
  'MANAGEMENT_BODY',
  'PROVINCIAL_BUREAU',
]

export type OptOutSet =
  | { maskedPhone: string; isOptedOut: boolean }
  | { refused: 'NOT_PERMITTED' }
  | { fault: { code: PhoneFault | 'NOT_MOBILE'; zh: string; en: string } }

/** Keeps that a phone wants no more invitations, or wants them again (退订、恢复), as it told a member of staff. */
export async function setSmsOptOut(
  { phone: typed, isOptedOut }: { phone: string; isOptedOut: boolean },
  viewer: Viewer,
  { database, crypto, now }: Messaging,
): Promise<OptOutSet> {
  if (viewer.kind !== 'STAFF' || !permitted.includes(viewer.role)) return { refused: 'NOT_PERMITTED' }
  const phone = readPhone(typed)
  if (!phone.ok) return { fault: { code: phone.fault, ...phoneFaults[phone.fault] } }
  if (phone.kind !== 'MOBILE') {
    return { fault: { code: 'NOT_MOBILE', zh: '请填写手机号，固定电话不收短信', en: 'a mobile number is needed' } }
  }
  await database.inScope(messagingScope, tx =>
    isOptedOut
      ? keepOptOut(tx, { phoneHash: crypto.lookupHash(phoneHashKind, phone.number), at: now(), source: 'STAFF' })
      : removeOptOut(tx, crypto.lookupHashes(phoneHashKind, phone.number)),
  )
  return { maskedPhone: maskPhone(phone.number), isOptedOut }
}
