import { describe, expect, it } from 'vitest'
import { createEntryQueue, type EntryResult, type QueueStore } from '../../web/kiosk/entry-queue.ts'
import type { DeviceEntryInput } from '../../web/kit/generated/operations.ts'
import { waitFor } from '../kit/wait-for.ts'

/** A hub that can be reached or not, and the place where a device keeps its entries, both in memory. */
function openScene(counters: number[]) {
  const kept = new Map(counters.map(counter => [counter, entry(counter)]))
  const sent: number[][] = []
  const answered: EntryResult[] = []
  const failures: unknown[] = []
  const pauses: number[] = []
  const hub = { isAway: false, registrations: 0, knowsKey: false, codes: new Map<number, string>() }
  let isRegistered = false
  let resume = () => {}
  const store: QueueStore = {
    oldest: async most => [...kept.values()].toSorted((a, b) => a.counter - b.counter).slice(0, most),
    remove: async gone => {
      for (const counter of gone) kept.delete(counter)
    },
    count: async () => kept.size,
    isRegistered: async () => isRegistered,
    markRegistered: async () => {
      isRegistered = true
    },
    publicKey: async () => 'public key',
    beginAnew: async () => {
      const unsent = [...kept.values()]
      kept.clear()
      for (const [index, each] of unsent.entries()) kept.set(index + 1, { ...each, counter: index + 1 })
      isRegistered = false
    },
  }
  const queue = createEntryQueue({
    store,
    register: async () => {
      if (hub.isAway) throw new Error('away')
      hub.registrations += 1
      hub.knowsKey = true
    },
    send: async entries => {
      sent.push(entries.map(({ counter }) => counter))
      if (hub.isAway) throw new Error('away')
      return entries.map(({ counter }) =>
        resultOf(counter, hub.knowsKey ? hub.codes.get(counter) : 'SIGNATURE_INVALID'),
      )
    },
    pause: attempt => {
      pauses.push(attempt)
      return new Promise(resolve => {
        resume = resolve
      })
    },
    onAnswer: result => answered.push(result),
    onChange: () => {},
    onFailure: fault => failures.push(fault),
  })
  return { kept, sent, answered, failures, pauses, hub, queue, resume: () => resume() }
}

function entry(counter: number): DeviceEntryInput {
  const givenAt = `2026-11-21T01:30:0${counter % 10}.000Z`
  return { counter, givenAt, token: 't', formTicket: 'f', level: 'SATISFIED', items: [], signature: 's' }
}

function resultOf(counter: number, code: string | undefined): EntryResult {
  if (!code)
    return { counter, outcome: 'STORED', receiptNumber: `R${counter}`, code: null, message: null, messageEnglish: null }
  return { counter, outcome: 'REFUSED', receiptNumber: null, code, message: '', messageEnglish: '' }
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('the queue of a device', () => {
  it('registers its key once, sends in order and in batches until nothing is left', async () => {
    const { kept, sent, answered, hub, queue } = openScene(numbers(1, 45))
    await waitFor(() => kept.size === 0, 'everything sent')
    expect(sent).toEqual([numbers(1, 20), numbers(21, 40), numbers(41, 45)])
    expect(answered.map(({ receiptNumber }) => receiptNumber)).toEqual(numbers(1, 45).map(counter => `R${counter}`))
    expect(hub.registrations).toBe(1)
    await waitFor(() => queue.count() === 0, 'the count')
  })

  it('tries for ever, later and later, and loses nothing', async () => {
    const { kept, sent, failures, pauses, hub, resume } = openScene([1, 2])
    hub.isAway = true
    for (const attempt of numbers(1, 30)) {
      await waitFor(() => pauses.length === attempt, `pause ${attempt}`)
      expect(kept.size).toBe(2)
      if (attempt === 30) hub.isAway = false
      resume()
    }
    await waitFor(() => kept.size === 0, 'everything sent')
    expect(pauses).toEqual(numbers(1, 30))
    expect(failures).toHaveLength(30)
    expect(sent.at(-1)).toEqual([1, 2])
  })

  it('does not wait for its pause when the connection is back', async () => {
    const { kept, pauses, hub, queue } = openScene([1])
    hub.isAway = true
    await waitFor(() => pauses.length === 1, 'a failure')
    hub.isAway = false
    queue.wake()
    await waitFor(() => kept.size === 0, 'everything sent')
  })

  it('sends what is added while it rests', async () => {
    const { kept, sent, queue } = openScene([])
    await waitFor(() => queue.count() === 0, 'rest')
    kept.set(1, entry(1))
    queue.wake()
    await waitFor(() => kept.size === 0, 'the entry')
    expect(sent).toEqual([[1]])
  })

  it('a refused entry is done with; one that the hub failed over stays', async () => {
    const { kept, answered, hub, pauses, resume } = openScene([1, 2, 3])
    hub.codes.set(1, 'ALREADY_EVALUATED').set(2, 'INTERNAL')
    await waitFor(() => pauses.length === 1, 'only the failed one is left')
    expect([...kept.keys()]).toEqual([2])
    expect(answered.map(({ counter }) => counter)).toEqual([1, 3])
    hub.codes.delete(2)
    resume()
    await waitFor(() => kept.size === 0, 'the failed one')
  })

  it('when another key took its place it registers again and sends everything under new numbers', async () => {
    const { kept, sent, answered, hub, pauses, queue, resume } = openScene([1])
    await waitFor(() => kept.size === 0, 'the first')
    hub.knowsKey = false
    for (const counter of [2, 3]) kept.set(counter, entry(counter))
    queue.wake()
    await waitFor(() => pauses.length === 1, 'the refusal')
    expect([...kept.keys()]).toEqual([1, 2])
    resume()
    await waitFor(() => kept.size === 0, 'everything sent')
    expect(sent).toEqual([[1], [2, 3], [1, 2]])
    expect(hub.registrations).toBe(2)
    expect(answered.map(({ counter }) => counter)).toEqual([1, 1, 2])
  })

  it('stops', async () => {
    const { kept, pauses, hub, queue, resume } = openScene([1])
    hub.isAway = true
    await waitFor(() => pauses.length === 1, 'a failure')
    queue.stop()
    hub.isAway = false
    resume()
    queue.wake()
    await new Promise(resolve => setImmediate(resolve))
    expect(kept.size).toBe(1)
  })
})
