import smpp, { type Pdu } from 'smpp'
import type { SmppAddress } from './smpp-address.ts'
import { SmsNotSent } from './sms-port.ts'
import { statusName } from './submit-refusal.ts'

export type SessionTiming = {
  /** How long connecting, and each answer of the peer, may take, milliseconds. */
  answerMs: number
  /** Between two checks that the peer is still there (enquire_link), milliseconds. */
  enquireEveryMs: number
  /** How long a goodbye may take, milliseconds. */
  farewellMs: number
}

/** A bound connection to the SMS centre. It ends once; another is opened anew (`smpp` keeps state of the last one when it reconnects). */
export type SmppSession = {
  /** Resolves with the answer, whatever its status; rejects with `SmsNotSent`. */
  request(command: string, fields?: object): Promise<Pdu>
  /** Resolves with the reason when the connection is gone. */
  ended: Promise<string>
  /** Unbinds, and ends in any case. */
  leave(): Promise<void>
}

/** SMPP 3.4; the library's own default (5.0) is refused by older centres. */
const INTERFACE_VERSION = 0x34

/**
 * Connects and binds as a transceiver; rejects with the reason in words for operators. `deliver` answers each deliver_sm with a status,
 * which is sent only then.
 */
export async function openSession(
  address: SmppAddress,
  timing: SessionTiming,
  deliver: (pdu: Pdu) => Promise<number>,
  signal: AbortSignal,
): Promise<SmppSession> {
  const { host, port, tls } = address
  const connection = smpp.connect({ host, port, tls })
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  const lose = new Set<() => void>()
  let reason: string | null = null

  function breakOff(why: string) {
    reason ??= why
    connection.destroy()
  }

  // A reading error leaves the library deaf for good (its busy flag stays up), so that every error ends the connection.
  connection.on('error', (error: NodeJS.ErrnoException) => breakOff(error.code ?? error.message))
  connection.on('close', () => {
    for (const lost of lose) lost()
    end(reason ?? 'closed by the SMS centre')
  })
  const stopConnecting = () => breakOff('stopped')
  signal.addEventListener('abort', stopConnecting)

  function request(command: string, fields: object = {}): Promise<Pdu> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer)
        lose.delete(lost)
      }
      const fail = (why: 'NO_ANSWER' | 'CONNECTION_LOST' | 'NOT_CONNECTED') => {
        done()
        reject(new SmsNotSent(why))
      }
      const lost = () => fail('CONNECTION_LOST')
      const timer = setTimeout(() => fail('NO_ANSWER'), timing.answerMs)
      lose.add(lost)
      const written = connection.send(new smpp.PDU(command, fields), answer => {
        done()
        resolve(answer)
      })
      if (!written) fail('NOT_CONNECTED')
    })
  }

  const answer = (pdu: Pdu, status = 0) => connection.send(pdu.response({ command_status: status }))
  const take = (pdu: Pdu) => void deliver(pdu).then(status => answer(pdu, status))
  connection.on('deliver_sm', take)
  connection.on('data_sm', take)
  connection.on('enquire_link', (pdu: Pdu) => answer(pdu))
  connection.on('unknown', (pdu: Pdu) => connection.send(pdu.response()))
  connection.on('unbind', (pdu: Pdu) => {
    reason ??= 'unbound by the SMS centre'
    answer(pdu)
    void hangUp()
  })

  async function hangUp() {
    connection.close()
    const late = setTimeout(() => connection.destroy(), timing.farewellMs)
    await ended
    clearTimeout(late)
  }

  try {
    await connected()
    await bind()
  } finally {
    signal.removeEventListener('abort', stopConnecting)
  }
  const enquiry = setInterval(() => {
    request('enquire_link').catch(() => breakOff('no answer to enquire_link'))
  }, timing.enquireEveryMs)
  void ended.then(() => clearInterval(enquiry))

  async function connected() {
    const late = setTimeout(() => breakOff(`no connection within ${timing.answerMs} ms`), timing.answerMs)
    const open = new Promise<null>(resolve => connection.once(tls ? 'secureConnect' : 'connect', () => resolve(null)))
    const failed = await Promise.race([open, ended])
    clearTimeout(late)
    if (failed !== null) throw new Error(failed)
  }

  async function bind() {
    const bound = await request('bind_transceiver', {
      system_id: address.systemId,
      password: address.password,
      system_type: address.systemType,
      interface_version: INTERFACE_VERSION,
    }).catch(error => {
      breakOff(`no answer to the bind`)
      throw new Error(reason ?? error.message)
    })
    if (bound.command_status === 0) return
    breakOff(`bind refused: ${statusName(bound.command_status)}`)
    throw new Error(reason!)
  }

  return {
    request,
    ended,
    async leave() {
      reason ??= 'stopped'
      const late = setTimeout(() => connection.destroy(), timing.farewellMs)
      await request('unbind').catch(() => {})
      clearTimeout(late)
      await hangUp()
    },
  }
}
