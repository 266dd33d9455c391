import smpp, { type Pdu, type Session } from 'smpp'
import type { PeerBehaviour, PeerCommand, PeerInbound, PeerMessage, PeerSettings } from './smpp-peer.ts'

// The SMS centre of the tests: an SMPP server in a process of its own, told by its parent what to do (see smpp-peer.ts).
const settings: PeerSettings = JSON.parse(process.argv[2]!)
const pem = (text: string | undefined) => (text === undefined ? undefined : Buffer.from(text))
let behaviour: PeerBehaviour = { submits: 'ACCEPT', refused: [], enquiries: 'ANSWER' }
let bound: Session | null = null
let lastId = 0
let unanswered = 0
const seen = { binds: 0, refusedBinds: 0, unbinds: 0, submits: 0 }
const messages: PeerMessage[] = []
const unfinished = new Map<string, Map<number, Buffer>>()

const server = smpp.createServer({ key: pem(settings.key), cert: pem(settings.cert) }, session => {
  session.on('error', () => session.destroy())
  session.on('close', () => {
    if (bound === session) bound = null
  })
  session.on('bind_transceiver', pdu => bind(session, pdu))
  session.on('submit_sm', pdu => submitted(session, pdu))
  session.on('enquire_link', pdu => behaviour.enquiries === 'ANSWER' && session.send(pdu.response()))
  session.on('unbind', pdu => {
    seen.unbinds++
    session.send(pdu.response())
    session.close()
  })
})

function bind(session: Session, pdu: Pdu) {
  if (pdu.system_id !== settings.systemId || pdu.password !== settings.password) {
    seen.refusedBinds++
    session.send(pdu.response({ command_status: smpp.errors.ESME_RINVPASWD }))
    return session.close()
  }
  seen.binds++
  bound = session
  session.send(pdu.response({ system_id: 'peer' }))
}

function submitted(session: Session, pdu: Pdu) {
  seen.submits++
  if (behaviour.submits === 'SILENT') return
  if (behaviour.submits === 'DROP') return session.destroy()
  if (behaviour.submits === 'THROTTLE')
    return session.send(pdu.response({ command_status: smpp.errors.ESME_RTHROTTLED }))
  if (behaviour.refused.includes(pdu.destination_addr!))
    return session.send(pdu.response({ command_status: smpp.errors.ESME_RINVDSTADR }))
  const id = `peer_${++lastId}`
  keep(id, pdu)
  session.send(pdu.response({ message_id: id }))
}

/** Puts the text together as a phone does; a message counts from its last missing part on. */
function keep(id: string, pdu: Pdu) {
  const { message, udh } = pdu.short_message!
  const header = udh?.find(element => element[0] === 0)
  const [reference, of, number] = header ? [header[2]!, header[3]!, header[4]!] : [id, 1, 1]
  const key = `${pdu.destination_addr} ${reference}`
  const parts = unfinished.get(key) ?? new Map<number, Buffer>()
  unfinished.set(key, parts.set(number, Buffer.from(message as string, 'utf16le')))
  if (parts.size < of) return
  unfinished.delete(key)
  const ordered = [...parts].sort(([a], [b]) => a - b).map(([, piece]) => piece)
  messages.push({
    id,
    from: pdu.source_addr!,
    to: pdu.destination_addr!,
    text: Buffer.concat(ordered).toString('utf16le'),
    parts: of,
    longestPart: Math.max(...ordered.map(piece => piece.length / 2)),
    dataCoding: pdu.data_coding!,
    registeredDelivery: pdu.registered_delivery!,
  })
}

/** Delivers and answers the status of the hub's response; never answers when the connection goes first. */
function deliver(fields: object): Promise<number> {
  return new Promise((resolve, reject) => {
    unanswered++
    const sent = bound?.send(new smpp.PDU('deliver_sm', fields), answer => {
      unanswered--
      resolve(answer.command_status)
    })
    if (!sent) reject(new Error('nobody is bound'))
  })
}

function inbound({ from, text, dataCoding, octets, parts = 1, payload, oneAtATime }: PeerInbound): Promise<number[]> {
  const whole = octets ? Buffer.from(octets, 'hex') : encoded(text!, dataCoding)
  const size = Math.ceil(whole.length / parts / 2) * 2
  const pieces = Array.from({ length: parts }, (_, index) => whole.subarray(index * size, (index + 1) * size))
  const fields = pieces.map((piece, index) => {
    const content = parts > 1 ? Buffer.concat([Buffer.from([5, 0, 3, 77, parts, index + 1]), piece]) : piece
    return {
      source_addr: from,
      destination_addr: '106900',
      esm_class: parts > 1 ? 0x40 : 0,
      data_coding: dataCoding,
      ...(payload ? { message_payload: content } : { short_message: content }),
    }
  })
  if (!oneAtATime) return Promise.all(fields.map(deliver))
  return fields.reduce<Promise<number[]>>(
    async (before, one) => [...(await before), await deliver(one)],
    Promise.resolve([]),
  )
}

function encoded(text: string, dataCoding: number): Buffer {
  if (dataCoding === 8) return Buffer.from(text, 'utf16le').swap16()
  return dataCoding === 0 ? smpp.gsmCoder.encode(text, 0) : Buffer.from(text, 'latin1')
}

const actions: { [K in PeerCommand['do']]: (command: Extract<PeerCommand, { do: K }>) => unknown } = {
  behave: command => {
    behaviour = { ...behaviour, ...command.behaviour }
  },
  messages: () => messages,
  seen: () => ({ ...seen, unanswered, bound: bound !== null }),
  inbound: command => inbound(command.inbound),
  receipt: ({ text, state, tlvId }) =>
    deliver({
      source_addr: '13800000000',
      destination_addr: '106900',
      esm_class: 4,
      data_coding: 0,
      short_message: Buffer.from(text),
      ...(tlvId === undefined ? {} : { receipted_message_id: tlvId }),
      ...(state === undefined ? {} : { message_state: state }),
    }),
  rubbish: () => {
    bound?.send(Object.assign(new smpp.PDU('enquire_link'), { toBuffer: () => Buffer.from('7fffffff00000000', 'hex') }))
  },
  drop: () => bound?.destroy(),
}

process.on('message', async ({ call, command }: { call: number; command: PeerCommand }) => {
  try {
    const act = actions[command.do] as (command: PeerCommand) => unknown
    process.send!({ call, value: (await act(command)) ?? null })
  } catch (error) {
    process.send!({ call, error: (error as Error).message })
  }
})
process.on('disconnect', () => process.exit())
server.listen(settings.port, '127.0.0.1', () => process.send!({ ready: true }))
