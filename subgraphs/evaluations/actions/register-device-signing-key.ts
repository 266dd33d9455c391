import { newId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import { readSigningKey } from '../domain/device-entry-key.ts'
import type { Problem } from '../domain/problem.ts'
import { keepKey } from '../store/device-keys.ts'
import { type Refused, refused } from './refused.ts'

/** Its tables carry no placement: the device's own id is what each row is found by. */
const deviceScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Makes known the key with which a device signs its entries (登记设备签名公钥); it takes the place of the one before, and entries begin
 * at 1 again. The same key again is answered with its first id and counts on.
 */
export async function registerDeviceSigningKey(
  publicKey: string,
  { viewer, database, now, log }: EvaluationsContext,
): Promise<{ keyId: string } | Refused<'NotPermitted'> | (Refused<'InvalidEvaluation'> & { problems: Problem[] })> {
  if (viewer.role !== 'DEVICE') return refused('NotPermitted', 'NOT_PERMITTED')
  const key = readSigningKey(publicKey)
  if ('message' in key) return { ...refused('InvalidEvaluation', 'INVALID_EVALUATION'), problems: [key] }
  const id = newId()
  const keyId = await database.inScope(deviceScope, tx =>
    keepKey(tx, viewer.id, { id, publicKey: key, registeredAt: now() }),
  )
  if (keyId === id) log.info({ device: viewer.id, key: id }, 'a device signs with a new key')
  return { keyId }
}
