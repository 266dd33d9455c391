import type { DeviceEntryInput, SubmitDeviceEntriesMutation } from '../kit/generated/operations.ts'
import type { DeviceStore } from './device-store.ts'

export type EntryResult = Extract<
  SubmitDeviceEntriesMutation['submitDeviceEvaluations'],
  { __typename: 'SubmitDeviceEvaluationsSuccess' }
>['results'][number]

/** What the queue needs of the place where entries are kept. */
export type QueueStore = Pick<
  DeviceStore,
  'oldest' | 'remove' | 'count' | 'isRegistered' | 'markRegistered' | 'publicKey' | 'beginAnew'
>

export type EntryQueue = {
  /** Entries that have not been answered yet. */
  count(): number
  /** Begins to send at once, without waiting for the pause after a failure to pass. */
  wake(): void
  stop(): void
}

/** Entries in one request: few enough that a poor line carries them within the patience of one request. */
const batchSize = 20

/**
 * Sends entries in their order until each is answered, for ever (补传): after a failure again, later and later, never giving up.
 *
 * @param send answers one result an entry; throws when the hub cannot be reached
 * @param register makes the signing key known; throws likewise
 * @param pause waits after the N-th failure in a row; its promise may be overtaken by `wake`
 * @param onAnswer told what became of each entry, once
 */
export function createEntryQueue(options: {
  store: QueueStore
  send: (entries: DeviceEntryInput[]) => Promise<EntryResult[]>
  register: (publicKey: string) => Promise<void>
  pause: (attempt: number) => Promise<void>
  onAnswer: (result: EntryResult) => void
  onChange: () => void
  onFailure: (fault: unknown) => void
}): EntryQueue {
  const { store, send, register, pause, onAnswer, onChange, onFailure } = options
  let waiting = 0
  let isRunning = false
  let isWoken = false
  let isStopped = false
  let interrupt = () => {}

  async function note(): Promise<void> {
    const now = await store.count()
    if (now === waiting) return
    waiting = now
    onChange()
  }

  async function run(): Promise<void> {
    let failures = 0
    for (;;) {
      isWoken = false
      await note()
      const entries = isStopped ? [] : await store.oldest(batchSize)
      if (entries.length === 0) {
        if (isWoken && !isStopped) continue
        return
      }
      const isProgress = await attempt(entries).catch(fault => {
        onFailure(fault)
        return false
      })
      failures = isProgress ? 0 : failures + 1
      if (failures > 0 && !isWoken && !isStopped) {
        await Promise.race([pause(failures), new Promise<void>(resolve => (interrupt = resolve))])
      }
    }
  }

  /** True when something was answered for good. */
  async function attempt(entries: DeviceEntryInput[]): Promise<boolean> {
    if (!(await store.isRegistered())) {
      await register(await store.publicKey())
      await store.markRegistered()
    }
    const results = await send(entries)
    const answered = results.filter(({ code }) => code !== 'SIGNATURE_INVALID' && code !== 'INTERNAL')
    await store.remove(answered.map(({ counter }) => counter))
    // Another key took the place of ours: nothing is lost, it is registered and everything signed again.
    if (results.some(({ code }) => code === 'SIGNATURE_INVALID')) await store.beginAnew()
    for (const result of answered) onAnswer(result)
    await note()
    return answered.length > 0
  }

  function start() {
    if (isRunning || isStopped) return
    isRunning = true
    void run()
      .catch(onFailure)
      .finally(() => {
        isRunning = false
        // Woken after it had looked for the last time.
        if (isWoken) start()
      })
  }

  start()
  return {
    count: () => waiting,
    wake() {
      isWoken = true
      // Told at once: a request under way may hang for seconds on a line that fell silent.
      void note().catch(onFailure)
      interrupt()
      start()
    },
    stop() {
      isStopped = true
      interrupt()
    },
  }
}
