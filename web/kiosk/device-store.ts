import { type DBSchema, openDB } from 'idb'
import { type DeviceEntry, deviceEntryText } from '../../subgraphs/shared/device-entry-text.ts'
import type { DeviceEntryInput } from '../kit/generated/operations.ts'

/** What a person gave, before it has a number and a signature. */
export type GivenRating = Omit<DeviceEntryInput, 'counter' | 'signature' | 'items'> & { items: string[] }

export type DeviceStore = {
  /** Numbers, signs and keeps a rating; answers its number (流水号) once it lies on the disk. */
  append(rating: GivenRating): Promise<number>
  /** Entries that have not been answered, lowest number first. */
  oldest(most: number): Promise<DeviceEntryInput[]>
  remove(counters: readonly number[]): Promise<void>
  count(): Promise<number>
  isRegistered(): Promise<boolean>
  markRegistered(): Promise<void>
  /** Public half of the signing key, a JWK as JSON text. */
  publicKey(): Promise<string>
  /** The hub counts from 1 again: numbers and signs everything unsent anew, to be registered again. */
  beginAnew(): Promise<void>
  close(): void
}

interface Schema extends DBSchema {
  entries: { key: number; value: DeviceEntryInput }
  facts: { key: 'lastCounter' | 'isRegistered'; value: number | boolean }
  keys: { key: 'signing'; value: CryptoKeyPair }
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * Opens what one device keeps on this machine (本机存储): its signing key, which cannot be read out, and the ratings that wait to be sent.
 * Each device identity has its own, so that nothing is ever sent in the name of another.
 *
 * @throws where the browser has neither WebCrypto nor IndexedDB: pages that did not come over HTTPS
 */
export async function openDeviceStore(deviceId: string): Promise<DeviceStore> {
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB)
    throw new Error('the page needs HTTPS to sign and keep ratings')
  const db = await openDB<Schema>(`kiosk-${deviceId}`, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('entries', { keyPath: 'counter' })
      fresh.createObjectStore('facts')
      fresh.createObjectStore('keys')
    },
  })
  // Asked for, not relied on: otherwise a browser short of space may drop unsent ratings.
  void navigator.storage?.persist?.().catch(() => false)
  const pair = await signingPair()

  async function signingPair(): Promise<CryptoKeyPair> {
    const kept = await db.get('keys', 'signing')
    if (kept) return kept
    const made = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
    const tx = db.transaction('keys', 'readwrite', { durability: 'strict' })
    // Another tab may have been quicker.
    const first = await tx.store.get('signing')
    if (!first) await tx.store.put(made, 'signing')
    await tx.done
    return first ?? made
  }

  async function signed(entry: DeviceEntry & GivenRating): Promise<DeviceEntryInput> {
    const signature = await crypto.subtle.sign(
      algorithm,
      pair.privateKey,
      new TextEncoder().encode(deviceEntryText(entry)),
    )
    return { ...entry, signature: base64url(signature) }
  }

  const lastCounter = async () => ((await db.get('facts', 'lastCounter')) as number | undefined) ?? 0
  const opened = () => db.transaction(['entries', 'facts'], 'readwrite', { durability: 'strict' })

  return {
    async append(rating) {
      for (;;) {
        const before = await lastCounter()
        const entry = await signed({ ...rating, counter: before + 1 })
        const tx = opened()
        // Signing is no part of a transaction: another tab may have taken the number meanwhile.
        const isStillFree = ((await tx.objectStore('facts').get('lastCounter')) ?? 0) === before
        if (isStillFree) {
          await tx.objectStore('entries').add(entry)
          await tx.objectStore('facts').put(entry.counter, 'lastCounter')
        }
        await tx.done
        if (isStillFree) return entry.counter
      }
    },
    oldest: most => db.getAll('entries', null, most),
    async remove(counters) {
      const tx = db.transaction('entries', 'readwrite')
      for (const counter of counters) await tx.store.delete(counter)
      await tx.done
    },
    count: () => db.count('entries'),
    isRegistered: async () => (await db.get('facts', 'isRegistered')) === true,
    async markRegistered() {
      await db.put('facts', true, 'isRegistered')
    },
    publicKey: async () => JSON.stringify(await crypto.subtle.exportKey('jwk', pair.publicKey)),
    async beginAnew() {
      for (;;) {
        const before = await lastCounter()
        const unsent = await db.getAll('entries')
        const anew = await Promise.all(unsent.map((entry, index) => signed({ ...givenOf(entry), counter: index + 1 })))
        const tx = opened()
        const isUnchanged = ((await tx.objectStore('facts').get('lastCounter')) ?? 0) === before
        if (isUnchanged) {
          await tx.objectStore('entries').clear()
          for (const entry of anew) await tx.objectStore('entries').add(entry)
          await tx.objectStore('facts').put(anew.length, 'lastCounter')
          await tx.objectStore('facts').put(false, 'isRegistered')
        }
        await tx.done
        if (isUnchanged) return
      }
    },
    close: () => db.close(),
  }
}

function givenOf({ givenAt, token, formTicket, level, items }: DeviceEntryInput): GivenRating {
  return { givenAt, token, formTicket, level, items: [items ?? []].flat() }
}

function base64url(bytes: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
