import { setTimeout as pause } from 'node:timers/promises'
import smpp, { type Pdu } from 'smpp'
import { type Log, standardErrorLog } from '../../../shared/log.ts'
import { deliveryReceipt, isReceipt } from './delivery-receipt.ts'
import { inboundAssembly } from './inbound-assembly.ts'
import { inboundPart } from './inbound-text.ts'
import { dialled } from './phone-number.ts'
import { reconnectWait } from './reconnect-wait.ts'
import { smppAddress } from './smpp-address.ts'
import { openSession, type SessionTiming, type SmppSession } from './smpp-session.ts'
import { type DeliveryReceipt, type InboundMessage, SmsNotSent, type SmsPort } from './sms-port.ts'
import { submitRefusal } from './submit-refusal.ts'
import { submitWindow } from './submit-window.ts'
import { MOST_PARTS, type TextPart, textParts } from './text-parts.ts'

export type SmppTiming = SessionTiming & {
  firstWaitMs: number
  longestWaitMs: number
  restWithinMs: number
  giveUpAfterMs: number
}

const TIMING: SmppTiming = {
  answerMs: 10_000,
  enquireEveryMs: 30_000,
  farewellMs: 500,
  firstWaitMs: 1_000,
  longestWaitMs: 60_000,
  restWithinMs: 2_000,
  giveUpAfterMs: 600_000,
}

const UCS2 = 8
const UDH_PRESENT = 0x40
const FINAL_RECEIPT = 1
const ISDN = 1

type SmppOptions = { url: string; log?: Log; now?: () => Date; timing?: Partial<SmppTiming> }

/**
 * SMS by SMPP 3.4 (`smppAddress` says how the address is written; throws when it is wrong). Connects by itself and again for ever; nothing is
 * kept for later: without a connection `send` rejects at once, and the queue above decides.
 */
export function smppPort(options: SmppOptions): SmsPort {
  const { url, log = standardErrorLog, now = () => new Date() } = options
  const timing = { ...TIMING, ...options.timing }
  const address = smppAddress(url)
  const window = submitWindow(address.window)
  const stopping = new AbortController()
  const handling = new Set<Promise<number>>()
  let session: SmppSession | null = null
  let downReason: string | null = 'not connected yet'
  let onReceipt: ((receipt: DeliveryReceipt) => Promise<void>) | null = null
  let onInbound: ((message: InboundMessage) => Promise<void>) | null = null

  const assembly = inboundAssembly({
    restWithinMs: timing.restWithinMs,
    giveUpAfterMs: timing.giveUpAfterMs,
    async handOver(phone, text) {
      if (!onInbound) throw new Error('nobody listens')
      await onInbound({ phone, text, receivedAt: now() })
    },
  })

  async function stayConnected() {
    const wait = reconnectWait(timing.firstWaitMs, timing.longestWaitMs)
    while (!stopping.signal.aborted) {
      const why = await connectOnce(wait.startOver).catch(error => (error as Error).message)
      if (stopping.signal.aborted) break
      if (why !== downReason) log.warn({ reason: why }, 'No SMS centre; trying again.')
      downReason = why
      await pause(wait.next(), undefined, { signal: stopping.signal }).catch(() => {})
    }
    downReason = 'stopped'
  }

  /** Resolves with the reason when the connection has ended, rejects when none came about. */
  async function connectOnce(lasted: () => void): Promise<string> {
    session = await openSession(address, timing, pdu => track(take(pdu)), stopping.signal)
    downReason = null
    log.info({}, 'Bound to the SMS centre.')
    // Only a connection that lasts begins the waits anew: a centre that binds and hangs up is not asked every second.
    const proven = setTimeout(lasted, timing.longestWaitMs)
    const why = await session.ended
    clearTimeout(proven)
    session = null
    return why
  }

  function track(taken: Promise<number>): Promise<number> {
    handling.add(taken)
    void taken.then(() => handling.delete(taken))
    return taken
  }

  /** The status to answer a deliver_sm with: taken, or "come again" when the handler failed. */
  async function take(pdu: Pdu): Promise<number> {
    try {
      if (isReceipt(pdu)) await takeReceipt(pdu)
      else await assembly.accept(inboundPart(pdu))
      return smpp.errors.ESME_ROK!
    } catch (error) {
      // Neither message nor details of the error: a database's may quote the phone or the text.
      const { name, code } = error as { name?: string; code?: string }
      log.error({ error: { name, code } }, 'An SMS from the centre was not taken; it will come again.')
      return smpp.errors.ESME_RX_T_APPN!
    }
  }

  async function takeReceipt(pdu: Pdu) {
    const receipt = deliveryReceipt(pdu, now())
    if (!receipt) return log.warn({}, 'A delivery receipt names no message.')
    if (!onReceipt) throw new Error('nobody listens')
    await onReceipt(receipt)
  }

  /** Part after part, so that a refused first one costs no second; the last asks for the receipt and stands for the text. */
  async function submitAll(messageId: string, to: string, text: string): Promise<string> {
    const parts = textParts(messageId, text)
    if (parts.length > MOST_PARTS) throw new SmsNotSent('BAD_TEXT')
    let providerId = ''
    for (const part of parts) providerId = await submit(to, part, part === parts.at(-1))
    return providerId
  }

  async function submit(to: string, part: TextPart, isLast: boolean): Promise<string> {
    if (!session || stopping.signal.aborted) throw new SmsNotSent('NOT_CONNECTED')
    const answer = await session.request('submit_sm', {
      source_addr: address.source,
      source_addr_npi: ISDN,
      destination_addr: to,
      dest_addr_ton: address.countryCode && to.startsWith(address.countryCode) ? 1 : 0,
      dest_addr_npi: ISDN,
      esm_class: part.concatenated ? UDH_PRESENT : 0,
      registered_delivery: isLast ? FINAL_RECEIPT : 0,
      data_coding: UCS2,
      short_message: part.octets,
    })
    if (answer.command_status !== 0) throw submitRefusal(answer.command_status)
    return answer.message_id ?? ''
  }

  const connecting = stayConnected()
  let stopped: Promise<void> | null = null

  async function stop() {
    stopping.abort()
    const settled = Promise.all([window.empty(), assembly.stop(), ...handling])
    await Promise.race([settled, pause(timing.farewellMs)])
    await session?.leave()
    await connecting
  }

  return {
    async send({ id, phone, text }) {
      const to = dialled(phone, address.countryCode)
      if (text === '') throw new SmsNotSent('BAD_TEXT')
      if (!session) throw new SmsNotSent('NOT_CONNECTED')
      return { providerId: await window.within(() => submitAll(id, to, text)) }
    },
    onDeliveryReceipt(handler) {
      onReceipt = handler
    },
    onInbound(handler) {
      onInbound = handler
    },
    state: () => (session ? 'UP' : 'DOWN'),
    downReason: () => downReason,
    stop() {
      stopped ??= stop()
      return stopped
    },
  }
}
