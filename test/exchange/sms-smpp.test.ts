import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import tls from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SmppTiming, smppPort } from '../../subgraphs/exchange/messages/transport/smpp-port.ts'
import type { DeliveryReceipt, InboundMessage, SmsPort } from '../../subgraphs/exchange/messages/transport/sms-port.ts'
import { startSmppPeer } from '../kit/smpp-peer.ts'
import { waitFor } from '../kit/wait-for.ts'

const phone = '13800000001'
const long = '您好，您在示范市政务服务中心办理的“不动产登记”已办结，请您对本次服务作出评价。'.repeat(4)
const soon = { firstWaitMs: 10, longestWaitMs: 100 }
let peer: Awaited<ReturnType<typeof startSmppPeer>>
let ports: SmsPort[] = []
let logged: string[] = []

beforeEach(async () => {
  peer = await startSmppPeer()
})

afterEach(async () => {
  await Promise.all(ports.map(port => port.stop()))
  await peer.stop()
  // Whatever a test did: nothing personal was logged.
  expect(logged.join('\n')).not.toMatch(/1380000|满意|您好|secret/)
  ports = []
  logged = []
})

function portTo(url: string, timing: Partial<SmppTiming> = {}): SmsPort {
  const write = (fields: object, text: string) => void logged.push(`${text} ${JSON.stringify(fields)}`)
  const port = smppPort({ url, timing: { ...soon, ...timing }, log: { info: write, warn: write, error: write } })
  ports.push(port)
  return port
}

async function connected(timing?: Partial<SmppTiming>): Promise<SmsPort> {
  const port = portTo(peer.url, timing)
  await waitFor(() => port.state() === 'UP', 'the bind')
  return port
}

function collect(port: SmsPort): InboundMessage[] {
  const taken: InboundMessage[] = []
  port.onInbound(async message => void taken.push(message))
  return taken
}

describe('sending', () => {
  it('carries a Chinese text as one SMS', async () => {
    const port = await connected()
    const { providerId } = await port.send({ id: 'm1', phone, text: '请回复1至5评价：5非常满意 😀' })
    expect(await peer.messages()).toEqual([
      {
        id: providerId,
        from: '106900',
        to: phone,
        text: '请回复1至5评价：5非常满意 😀',
        parts: 1,
        longestPart: 17,
        dataCoding: 8,
        registeredDelivery: 1,
      },
    ])
  })

  it('carries a long text in parts that the phone puts together, answering to the last one', async () => {
    const port = await connected()
    const { providerId } = await port.send({ id: 'm1', phone, text: long })
    expect(await peer.messages()).toMatchObject([
      { id: providerId, text: long, parts: 3, longestPart: 67, registeredDelivery: 1 },
    ])
  })

  it('carries many at once through a small window', async () => {
    const port = portTo(`${peer.url}&window=2`)
    await waitFor(() => port.state() === 'UP')
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, index) => port.send({ id: `m${index}`, phone, text: `第${index}条` })),
    )
    expect((await peer.messages()).map(message => message.id)).toEqual(sent.map(message => message.providerId))
  })

  it('says for good of a refused number, and of one that nobody could dial', async () => {
    const port = await connected()
    await peer.behave({ refused: [phone] })
    await expect(port.send({ id: 'm1', phone, text: '请评价' })).rejects.toMatchObject({
      reason: 'BAD_NUMBER',
      code: 'ESME_RINVDSTADR',
      forGood: true,
    })
    await expect(port.send({ id: 'm2', phone: '无', text: '请评价' })).rejects.toMatchObject({ forGood: true })
    await expect(port.send({ id: 'm3', phone: '13800000002', text: '' })).rejects.toMatchObject({ reason: 'BAD_TEXT' })
    await port.send({ id: 'm4', phone: '13800000002', text: '请评价' })
    expect((await peer.seen()).submits).toBe(2)
  })

  it('says for now when throttled, and the same text goes later', async () => {
    const port = await connected()
    await peer.behave({ submits: 'THROTTLE' })
    const message = { id: 'm1', phone, text: long }
    await expect(port.send(message)).rejects.toMatchObject({ reason: 'THROTTLED', forGood: false })
    expect((await peer.seen()).submits).toBe(1)
    await peer.behave({ submits: 'ACCEPT' })
    await port.send(message)
    expect(await peer.messages()).toMatchObject([{ text: long }])
  })

  it('says for now when no answer comes, and stays usable', async () => {
    const port = await connected({ answerMs: 1_000 })
    await peer.behave({ submits: 'SILENT' })
    const message = { id: 'm1', phone, text: '请评价' }
    await expect(port.send(message)).rejects.toMatchObject({ reason: 'NO_ANSWER', forGood: false })
    await peer.behave({ submits: 'ACCEPT' })
    await waitFor(() => port.send(message).catch(() => null))
    expect(await peer.messages()).toMatchObject([{ text: '请评价' }])
  })

  it('says for now when the connection drops in the middle, and sends after it came back', async () => {
    const port = await connected()
    await peer.behave({ submits: 'DROP' })
    const message = { id: 'm1', phone, text: '请评价' }
    await expect(port.send(message)).rejects.toMatchObject({ reason: 'CONNECTION_LOST', forGood: false })
    await peer.behave({ submits: 'ACCEPT' })
    await waitFor(() => port.send(message).catch(() => null))
    expect(await peer.messages()).toMatchObject([{ text: '请评价' }])
  })
})

describe('receiving', () => {
  it('correlates a delivery receipt with the text it is about', async () => {
    const port = await connected()
    const receipts: DeliveryReceipt[] = []
    port.onDeliveryReceipt(async receipt => void receipts.push(receipt))
    const { providerId } = await port.send({ id: 'm1', phone, text: '请评价' })
    expect(await peer.receipt(`id:${providerId} sub:001 dlvrd:001 stat:DELIVRD err:000 text:`)).toBe(0)
    expect(await peer.receipt('', { tlvId: providerId, state: 5 })).toBe(0)
    expect(receipts).toMatchObject([
      { providerId, outcome: 'DELIVERED', code: 'DELIVRD 000' },
      { providerId, outcome: 'UNDELIVERED', code: 'UNDELIV' },
    ])
  })

  it('takes 5, a full-width ５ and Chinese in each coding as they were written', async () => {
    const taken = collect(await connected())
    await peer.inbound({ from: phone, text: '5', dataCoding: 0 })
    await peer.inbound({ from: `+86${phone}`, text: '5 bien sûr', dataCoding: 3 })
    await peer.inbound({ from: phone, text: '５', dataCoding: 8 })
    await peer.inbound({ from: phone, text: '满意，谢谢', dataCoding: 8, payload: true })
    expect(taken.map(message => message.text)).toEqual(['5', '5 bien sûr', '５', '满意，谢谢'])
    expect(new Set(taken.map(message => message.phone))).toEqual(new Set([phone]))
  })

  it('puts a long text together, from a centre that sends all parts and from one that waits for each answer', async () => {
    const taken = collect(await connected({ restWithinMs: 100 }))
    expect(await peer.inbound({ from: phone, text: long, dataCoding: 8, parts: 3 })).toEqual([0, 0, 0])
    expect(await peer.inbound({ from: phone, text: long, dataCoding: 8, parts: 3, oneAtATime: true })).toEqual([
      0, 0, 0,
    ])
    expect(taken.map(message => message.text)).toEqual([long, long])
  })

  it('answers only after the handler has resolved', async () => {
    const port = await connected()
    const entered = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    port.onInbound(() => {
      entered.resolve()
      return release.promise
    })
    const answered = peer.inbound({ from: phone, text: '5', dataCoding: 0 })
    await entered.promise
    // Answers travel in order: one written before this text would be there by now.
    await port.send({ id: 'm1', phone, text: '请评价' })
    expect((await peer.seen()).unanswered).toBe(1)
    release.resolve()
    expect(await answered).toEqual([0])
  })

  it('asks for a text again that the handler could not take, or that nobody listens for yet', async () => {
    const port = await connected()
    const again = 0x64
    expect(await peer.inbound({ from: phone, text: '满意', dataCoding: 8 })).toEqual([again])
    expect(await peer.receipt('id:1 stat:DELIVRD')).toBe(again)
    port.onInbound(async message => {
      throw new Error(`no room for ${message.text} of ${message.phone}`)
    })
    expect(await peer.inbound({ from: phone, text: '满意', dataCoding: 8 })).toEqual([again])
    const taken = collect(port)
    expect(await peer.inbound({ from: phone, text: '满意', dataCoding: 8 })).toEqual([0])
    expect(taken).toMatchObject([{ phone, text: '满意' }])
    expect(logged.filter(line => line.includes('not taken'))).toHaveLength(3)
  })
})

describe('the connection', () => {
  it('comes back after the centre was killed, and goes on', async () => {
    const port = await connected()
    const taken = collect(port)
    await peer.kill()
    await waitFor(() => port.state() === 'DOWN')
    await expect(port.send({ id: 'm1', phone, text: '请评价' })).rejects.toMatchObject({ reason: 'NOT_CONNECTED' })
    await waitFor(() => port.downReason() === 'ECONNREFUSED')
    await peer.start()
    await waitFor(() => port.state() === 'UP')
    expect(port.downReason()).toBeNull()
    await port.send({ id: 'm1', phone, text: '请评价' })
    await peer.inbound({ from: phone, text: '5', dataCoding: 0 })
    expect([await peer.messages(), taken]).toMatchObject([[{ text: '请评价' }], [{ text: '5' }]])
  })

  it('is given up and opened anew when the centre no longer answers enquire_link', async () => {
    await connected({ enquireEveryMs: 20, answerMs: 500 })
    await peer.behave({ enquiries: 'SILENT' })
    await waitFor(() => logged.some(line => line.includes('no answer to enquire_link')))
    await waitFor(async () => (await peer.seen()).binds > 1)
  })

  it('is opened anew after octets that are no SMPP', async () => {
    const port = await connected({ enquireEveryMs: 600_000 })
    await peer.rubbish()
    await waitFor(async () => (await peer.seen()).binds === 2)
    await waitFor(() => port.send({ id: 'm1', phone, text: '请评价' }).catch(() => null))
    expect(logged.filter(line => line.includes('too large'))).toHaveLength(1)
  })

  it('stays down on a wrong password, saying why once', async () => {
    const port = portTo(peer.url.replace(':secret@', ':wrong@'))
    await waitFor(async () => (await peer.seen()).refusedBinds >= 5)
    expect([port.state(), port.downReason()]).toEqual(['DOWN', 'bind refused: ESME_RINVPASWD'])
    expect(logged).toHaveLength(1)
  })

  it('unbinds when stopped, after what was underway', async () => {
    const port = await connected({ farewellMs: 10_000 })
    const release = Promise.withResolvers<void>()
    const entered = Promise.withResolvers<void>()
    port.onInbound(() => {
      entered.resolve()
      return release.promise
    })
    const answered = peer.inbound({ from: phone, text: '5', dataCoding: 0 })
    await entered.promise
    const stopped = port.stop()
    await peer.seen()
    release.resolve()
    await stopped
    expect(await peer.seen()).toMatchObject({ unbinds: 1, unanswered: 0 })
    expect(await answered).toEqual([0])
    expect([port.state(), port.downReason()]).toEqual(['DOWN', 'stopped'])
    await expect(port.send({ id: 'm1', phone, text: '请评价' })).rejects.toMatchObject({ reason: 'NOT_CONNECTED' })
  })

  it('ends when stopped while nobody answers', async () => {
    await peer.kill()
    const port = portTo(peer.url, { firstWaitMs: 600_000, longestWaitMs: 600_000 })
    await waitFor(() => port.downReason() === 'ECONNREFUSED')
    await port.stop()
    expect(port.downReason()).toBe('stopped')
    await peer.start()
    const handlerNeverEnds = await connected()
    handlerNeverEnds.onInbound(() => new Promise(() => {}))
    void peer.inbound({ from: phone, text: '5', dataCoding: 0 }).catch(() => {})
    await waitFor(async () => (await peer.seen()).unanswered === 1)
    await handlerNeverEnds.stop()
    expect(handlerNeverEnds.state()).toBe('DOWN')
  })

  it('runs over TLS with a certificate of a trusted authority, and refuses another', async () => {
    const { key, cert } = certificate()
    const secure = await startSmppPeer({ key, cert })
    const refusing = portTo(secure.url)
    await waitFor(() => refusing.downReason() === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    const authorities = tls.getCACertificates('default')
    tls.setDefaultCACertificates([...authorities, cert])
    try {
      const port = portTo(secure.url)
      await waitFor(() => port.state() === 'UP')
      await port.send({ id: 'm1', phone, text: '请评价' })
      expect(await secure.messages()).toMatchObject([{ text: '请评价' }])
      await port.stop()
    } finally {
      tls.setDefaultCACertificates(authorities)
      await secure.stop()
    }
  })
})

function certificate() {
  const directory = mkdtempSync(join(tmpdir(), 'smpp-tls-'))
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')]
  const request = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=peer'
  const subject = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
  execFileSync('openssl', [...request.split(' '), ...subject], { stdio: 'ignore' })
  const read = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  rmSync(directory, { recursive: true })
  return read
}
