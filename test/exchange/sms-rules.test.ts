import fc from 'fast-check'
import smpp from 'smpp'
import { expect, it } from 'vitest'
import { deliveryReceipt } from '../../subgraphs/exchange/messages/transport/delivery-receipt.ts'
import { inboundAssembly } from '../../subgraphs/exchange/messages/transport/inbound-assembly.ts'
import { inboundPart } from '../../subgraphs/exchange/messages/transport/inbound-text.ts'
import { outboxPort } from '../../subgraphs/exchange/messages/transport/outbox-port.ts'
import { dialled, mainlandNumber } from '../../subgraphs/exchange/messages/transport/phone-number.ts'
import { reconnectWait } from '../../subgraphs/exchange/messages/transport/reconnect-wait.ts'
import { smppAddress } from '../../subgraphs/exchange/messages/transport/smpp-address.ts'
import { submitRefusal } from '../../subgraphs/exchange/messages/transport/submit-refusal.ts'
import { textParts } from '../../subgraphs/exchange/messages/transport/text-parts.ts'

const at = new Date('2026-03-02T01:00:00Z')

/** The unit as `smpp` reads it from the wire. */
function received(fields: object) {
  return new smpp.PDU(new smpp.PDU('deliver_sm', fields).toBuffer())
}

it('cuts any text into parts of at most 140 octets that give the same text back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), text => {
      const parts = textParts('m1', text)
      const back = parts.map(({ octets, concatenated }) => octets.subarray(concatenated ? 6 : 0))
      expect(Math.max(...parts.map(part => part.octets.length))).toBeLessThanOrEqual(140)
      expect(new TextDecoder('utf-16be', { ignoreBOM: true }).decode(Buffer.concat(back))).toBe(text)
      for (const piece of back) expect(piece.toString('hex')).not.toMatch(/^(.{4})*d[89ab]..$/)
    }),
  )
})

it('sends 70 characters as one SMS and 71 as two, under the same reference at every try', () => {
  expect(textParts('m1', '评'.repeat(70)).map(part => part.concatenated)).toEqual([false])
  const [first, second] = textParts('m1', '评'.repeat(71))
  expect([first!.octets.length, second!.octets.length]).toEqual([140, 14])
  expect([...first!.octets.subarray(0, 6)].with(3, 0)).toEqual([5, 0, 3, 0, 2, 1])
  expect(textParts('m1', '评'.repeat(71))).toEqual([first, second])
})

it('reads the receipts that centres really send', () => {
  const read = (text: string, more: object = {}) =>
    deliveryReceipt(received({ esm_class: 4, data_coding: 0, short_message: Buffer.from(text), ...more }), at)
  const text = 'id:a_7@x sub:001 dlvrd:001 submit date:2603020900 done date:2603020901 stat:DELIVRD err:000 text:'
  expect(read(text)).toEqual({ providerId: 'a_7@x', outcome: 'DELIVERED', code: 'DELIVRD 000', receivedAt: at })
  // The text's state goes before a parameter left at 0, the parameter's id before the text's.
  expect(read('id:7 stat:UNDELIV err:255', { receipted_message_id: 'long-7', message_state: 0 })).toMatchObject({
    providerId: 'long-7',
    outcome: 'UNDELIVERED',
    code: 'UNDELIV 255',
  })
  expect(read('', { receipted_message_id: '8', message_state: 2 })).toMatchObject({
    providerId: '8',
    outcome: 'DELIVERED',
  })
  expect(read('id:9 stat:ENROUTE')).toMatchObject({ outcome: 'UNDERWAY', code: 'ENROUTE' })
  expect(read('id:9 stat:MADEUP')).toMatchObject({ outcome: 'UNKNOWN', code: 'MADEUP' })
  expect(read('stat:DELIVRD')).toBeNull()
})

it('reads the id of a receipt whose parameter lacks its closing zero', () => {
  const proper = new smpp.PDU('deliver_sm', {
    esm_class: 4,
    short_message: Buffer.from('id:12 stat:DELIVRD err:000'),
    receipted_message_id: '12',
    message_state: 2,
  }).toBuffer()
  const id = proper.indexOf(Buffer.from('001e0003313200', 'hex'))
  const unclosed = Buffer.concat([proper.subarray(0, id), Buffer.from('001e00023132', 'hex'), proper.subarray(id + 7)])
  unclosed.writeUInt32BE(unclosed.length, 0)
  expect(deliveryReceipt(new smpp.PDU(unclosed), at)).toMatchObject({ providerId: '12', outcome: 'DELIVERED' })
})

it.each([
  ['GSM 7', 0, Buffer.from([0x35, 0x00, 0x1b, 0x65]), '5@€'],
  ['Latin-1', 3, Buffer.from('5 café', 'latin1'), '5 café'],
  ['octets', 4, Buffer.from('5'), '5'],
  ['UCS2', 8, Buffer.from('５ 满意', 'utf16le').swap16(), '５ 满意'],
  ['UCS2 with a message class', 0x18, Buffer.from('好', 'utf16le').swap16(), '好'],
  ['GBK', 15, Buffer.from('c2fad2e2', 'hex'), '满意'],
])('reads an inbound text in %s', (_name, dataCoding, octets, text) => {
  const pdu = received({ source_addr: '8613800000001', data_coding: dataCoding, short_message: octets })
  expect(inboundPart(pdu)).toMatchObject({ phone: '13800000001', of: 1, text })
})

it('knows the place of a part by a 16-bit reference and by SAR parameters', () => {
  const octets = Buffer.concat([Buffer.from([6, 8, 4, 1, 2, 3, 2]), Buffer.from('好', 'utf16le').swap16()])
  expect(inboundPart(received({ esm_class: 0x40, data_coding: 8, short_message: octets }))).toMatchObject({
    number: 2,
    of: 3,
    text: '好',
  })
  const sar = { sar_msg_ref_num: 9, sar_total_segments: 2, sar_segment_seqnum: 1 }
  expect(inboundPart(received({ data_coding: 0, short_message: Buffer.from('5'), ...sar }))).toMatchObject({
    number: 1,
    of: 2,
  })
  const impossible = { sar_msg_ref_num: 9, sar_total_segments: 2, sar_segment_seqnum: 3 }
  expect(inboundPart(received({ data_coding: 0, short_message: Buffer.from('5'), ...impossible }))).toMatchObject({
    number: 1,
    of: 1,
  })
})

it('hands an unfinished text over as far as it came, and again when that failed', async () => {
  const taken: string[] = []
  const { promise: handedOver, resolve } = Promise.withResolvers<void>()
  const assembly = inboundAssembly({
    restWithinMs: 1,
    giveUpAfterMs: 20,
    async handOver(_phone, text) {
      taken.push(text)
      if (taken.length === 1) throw new Error('the database is away')
      resolve()
    },
  })
  const part = (number: number, text: string) => ({ phone: '13800000001', key: 'k', number, of: 3, text })
  await Promise.all([assembly.accept(part(2, '部分')), assembly.accept(part(1, '前'))])
  await handedOver
  expect(taken).toEqual(['前部分', '前部分'])
  await assembly.stop()
})

it('asks for the parts again that it has not acknowledged when the whole text is not taken', async () => {
  const taken: string[] = []
  const assembly = inboundAssembly({
    restWithinMs: 60_000,
    giveUpAfterMs: 60_000,
    async handOver(_phone, text) {
      taken.push(text)
      if (taken.length === 1) throw new Error('the database is away')
    },
  })
  const part = (number: number, text: string) => ({ phone: '13800000001', key: 'k', number, of: 2, text })
  const both = () => Promise.allSettled([assembly.accept(part(1, '前')), assembly.accept(part(2, '后'))])
  expect((await both()).map(one => one.status)).toEqual(['rejected', 'rejected'])
  expect((await both()).map(one => one.status)).toEqual(['fulfilled', 'fulfilled'])
  expect(taken).toEqual(['前后', '前后'])
})

it('spells numbers as the network does and as the hub does', () => {
  expect(dialled('13800000001', '86')).toBe('8613800000001')
  expect(dialled('13800000001', '')).toBe('13800000001')
  expect(() => dialled('138-0000', '')).toThrow('BAD_NUMBER')
  for (const spelled of ['13800000001', '+8613800000001', '008613800000001', '8613800000001'])
    expect(mainlandNumber(spelled)).toBe('13800000001')
  expect(mainlandNumber('12345')).toBe('12345')
})

it('gives up only what the message itself is to blame for', () => {
  const verdict = (status: number) => {
    const { reason, code, forGood } = submitRefusal(status)
    return [reason, code, forGood]
  }
  expect(verdict(0x0b)).toEqual(['BAD_NUMBER', 'ESME_RINVDSTADR', true])
  expect(verdict(0x01)).toEqual(['BAD_TEXT', 'ESME_RINVMSGLEN', true])
  expect(verdict(0x58)).toEqual(['THROTTLED', 'ESME_RTHROTTLED', false])
  expect(verdict(0x0a)).toEqual(['REFUSED_FOR_NOW', 'ESME_RINVSRCADR', false])
  expect(verdict(0x437)).toEqual(['REFUSED_FOR_NOW', '0x437', false])
})

it('reads the address of the SMS centre, and names what is wrong without showing its password', () => {
  expect(
    smppAddress('smpps://hub:p%40ss@sms.example:3551?source=106900&system_type=gov&country_code=86&window=3'),
  ).toEqual({
    host: 'sms.example',
    port: 3551,
    tls: true,
    systemId: 'hub',
    password: 'p@ss',
    systemType: 'gov',
    source: '106900',
    countryCode: '86',
    window: 3,
  })
  expect(smppAddress('smpp://hub:x@h?source=106900')).toMatchObject({ port: 2775, tls: false, window: 10 })
  const wrong = [
    'http://hub:geheim@h',
    'smpp://hub:geheim@h',
    'smpp://h?source=1069',
    'smpp://hub:geheim@h:x?source=1069',
  ]
  const messages = [...wrong, 'smpp://hub:geheim@h?source=1069&window=0'].map(address => {
    try {
      return smppAddress(address)
    } catch (error) {
      return (error as Error).message
    }
  })
  expect(messages.map(message => typeof message)).toEqual(Array(5).fill('string'))
  expect(messages.join()).not.toContain('geheim')
})

it('waits longer after each failure, up to the longest, never less than half', () => {
  const longest = reconnectWait(1_000, 60_000, () => 0)
  expect(Array.from({ length: 8 }, longest.next)).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 6e4, 6e4])
  longest.startOver()
  expect(longest.next()).toBe(1_000)
  expect(reconnectWait(1_000, 60_000, () => 1).next()).toBe(500)
})

it('takes texts nowhere in the demo, and lets a phone of the demo answer', async () => {
  const port = outboxPort(() => at)
  await expect(port.receive('13800000001', '5')).rejects.toThrow('Nobody listens')
  const taken: unknown[] = []
  port.onInbound(async message => void taken.push(message))
  await port.receive('13800000001', '５')
  expect(taken).toEqual([{ phone: '13800000001', text: '５', receivedAt: at }])
  const message = { id: 'm1', phone: '13800000001', text: '请评价' }
  const [one, two] = [await port.send(message), await port.send(message)]
  expect(one.providerId).not.toBe(two.providerId)
  await port.stop()
  await expect(port.send(message)).rejects.toMatchObject({ reason: 'NOT_CONNECTED', forGood: false })
})
