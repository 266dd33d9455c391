import type { Pdu } from 'smpp'
import { mainlandNumber } from './phone-number.ts'

/** One SMS of a citizen: a whole text (`of` 1) or a numbered part of one, of the text known by `key`. */
export type InboundPart = { phone: string; key: string; number: number; of: number; text: string }

const GBK = 0x0f

export function inboundPart(pdu: Pdu): InboundPart {
  const content = pdu.short_message?.message.length ? pdu.short_message : (pdu.message_payload ?? pdu.short_message)
  const phone = mainlandNumber(pdu.source_addr ?? '')
  const { reference, of, number } = positionOf(pdu, content?.udh ?? pdu.short_message?.udh ?? [])
  const text = content ? readable(content.message, pdu.data_coding ?? 0) : ''
  return { phone, key: `${pdu.source_addr} ${pdu.destination_addr} ${reference} ${of}`, number, of, text }
}

/** `smpp` reads GSM 7, Latin-1 and UCS2; other codings come as octets: GBK as mainland gateways number it, else 8-bit as Latin-1. */
function readable(message: string | Buffer, dataCoding: number): string {
  if (typeof message === 'string') return message
  return dataCoding === GBK ? new TextDecoder('gbk').decode(message) : message.toString('latin1')
}

const WHOLE = { reference: 0, of: 1, number: 1 }

/** Where a part belongs, by its user data header (8- or 16-bit reference) or the SAR parameters. */
function positionOf(pdu: Pdu, headers: readonly Buffer[]): typeof WHOLE {
  for (const header of headers) {
    if (header[0] === 0x00 && header.length === 5) return position(header[2]!, header[3]!, header[4]!)
    if (header[0] === 0x08 && header.length === 6) return position(header.readUInt16BE(2), header[4]!, header[5]!)
  }
  return position(pdu.sar_msg_ref_num ?? 0, pdu.sar_total_segments ?? 1, pdu.sar_segment_seqnum ?? 1)
}

/** A part that claims an impossible place is a text of its own rather than lost. */
function position(reference: number, of: number, number: number): typeof WHOLE {
  return number >= 1 && number <= of ? { reference, of, number } : WHOLE
}
