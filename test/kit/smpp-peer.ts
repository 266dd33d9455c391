import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from './free-port.ts'

export type PeerSettings = { port: number; systemId: string; password: string; key?: string; cert?: string }

export type PeerBehaviour = {
  submits: 'ACCEPT' | 'THROTTLE' | 'SILENT' | 'DROP'
  /** Numbers that are refused for good. */
  refused: string[]
  enquiries: 'ANSWER' | 'SILENT'
}

/** A text as a phone would show it; `id` is its last part's, `longestPart` in UTF-16 units. */
export type PeerMessage = {
  id: string
  from: string
  to: string
  text: string
  parts: number
  longestPart: number
  dataCoding: number
  registeredDelivery: number
}

/** What a phone sends: `text` in a data coding (0 GSM 7, 3 Latin-1, 8 UCS2) or ready `octets` in hex, in one or several parts. */
export type PeerInbound = {
  from: string
  text?: string
  octets?: string
  dataCoding: number
  parts?: number
  payload?: boolean
  /** The next part only after the answer to the last. */
  oneAtATime?: boolean
}

export type PeerCommand =
  | { do: 'behave'; behaviour: Partial<PeerBehaviour> }
  | { do: 'messages' }
  | { do: 'seen' }
  | { do: 'inbound'; inbound: PeerInbound }
  | { do: 'receipt'; text: string; state?: number; tlvId?: string }
  | { do: 'rubbish' }
  | { do: 'drop' }

type Seen = {
  binds: number
  refusedBinds: number
  unbinds: number
  submits: number
  unanswered: number
  bound: boolean
}

/** A real SMS centre (SMPP server) in a process of its own, over TCP or TLS. */
export async function startSmppPeer(given: Partial<PeerSettings> = {}) {
  const settings = { port: await freePort(), systemId: 'hub', password: 'secret', ...given }
  let running = await start(settings)
  return {
    port: settings.port,
    url: `${settings.cert ? 'smpps' : 'smpp'}://${settings.systemId}:${settings.password}@127.0.0.1:${settings.port}?source=106900`,
    behave: (behaviour: Partial<PeerBehaviour>) => running.ask({ do: 'behave', behaviour }),
    messages: () => running.ask({ do: 'messages' }) as Promise<PeerMessage[]>,
    seen: () => running.ask({ do: 'seen' }) as Promise<Seen>,
    /** Resolves with the status of the hub's answer to each part. */
    inbound: (inbound: PeerInbound) => running.ask({ do: 'inbound', inbound }) as Promise<number[]>,
    receipt: (text: string, more: { state?: number; tlvId?: string } = {}) =>
      running.ask({ do: 'receipt', text, ...more }) as Promise<number>,
    /** Sends octets that are no SMPP. */
    rubbish: () => running.ask({ do: 'rubbish' }),
    dropConnection: () => running.ask({ do: 'drop' }),
    kill: () => running.kill(),
    /** Starts it again on the same port, remembering nothing. */
    async start() {
      running = await start(settings)
    },
    stop: () => running.kill(),
  }
}

async function start(settings: PeerSettings) {
  const program = new URL('./smpp-peer-process.ts', import.meta.url).pathname
  const child: ChildProcess = fork(program, [JSON.stringify(settings)], { execArgv: [] })
  const exited = once(child, 'exit')
  const waiting = new Map<number, (answer: { value?: unknown; error?: string }) => void>()
  let calls = 0
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: { ready?: true; call?: number; value?: unknown; error?: string }) => {
      if (message.ready) return resolve()
      waiting.get(message.call!)?.(message)
      waiting.delete(message.call!)
    })
    void exited.then(() => reject(new Error('the SMPP peer ended before it listened')))
  })
  await ready
  return {
    ask(command: PeerCommand): Promise<unknown> {
      const call = ++calls
      return new Promise((resolve, reject) => {
        waiting.set(call, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))))
        child.send({ call, command })
      })
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}
