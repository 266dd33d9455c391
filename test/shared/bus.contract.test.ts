import { afterEach, describe, expect, test } from 'vitest'
import type { Bus } from '../../subgraphs/shared/bus/bus.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createRedisBus } from '../../subgraphs/shared/bus/redis-bus.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { findServer } from '../kit/local-servers.ts'
import { startRedisServer } from '../kit/redis-server.ts'
import { waitFor } from '../kit/wait-for.ts'

const redisUrl = await findServer('REDIS_URL', 'redis://127.0.0.1:6379')
const open: Bus[] = []
const opened = (bus: Bus) => {
  open.push(bus)
  return bus
}
afterEach(async () => {
  for (const bus of open.splice(0)) await bus.close()
})

const redisBus = (url: string, prefix: string) => opened(createRedisBus({ url, prefix, log: () => {} }))

const buses: [string, () => [Bus, Bus]][] = [
  [
    'memory bus',
    () => {
      const bus = opened(createMemoryBus())
      return [bus, bus]
    },
  ],
]
if (redisUrl) {
  buses.push([
    'Redis bus, two processes’ ends',
    () => {
      const prefix = `test:${newId()}`
      return [redisBus(redisUrl, prefix), redisBus(redisUrl, prefix)]
    },
  ])
}

describe.each(buses)('%s', (_name, create) => {
  test('everyone who listens hears every message, in order', async () => {
    const [near, far] = create()
    const heard: string[][] = [[], []]
    await near.subscribe('topic', message => heard[0]!.push(message))
    await far.subscribe('topic', message => heard[1]!.push(message))
    await near.publish('topic', ['1', '2'])
    await near.publish(
      'topic',
      Array.from({ length: 998 }, (_, index) => String(index + 3)),
    )
    const all = Array.from({ length: 1000 }, (_, index) => String(index + 1))
    await waitFor(() => heard.every(messages => messages.length >= 1000))
    expect(heard).toEqual([all, all])
  })

  test('topics do not mix, and what was published before listening is not heard', async () => {
    const [near, far] = create()
    await near.publish('topic', ['before'])
    const heard: string[] = []
    await far.subscribe('topic', message => heard.push(message))
    await near.publish('other', ['elsewhere'])
    await near.publish('topic', ['after'])
    await waitFor(() => heard.length > 0)
    expect(heard).toEqual(['after'])
  })

  test('who has stopped hears nothing more, and others go on', async () => {
    const [near, far] = create()
    const stopped: string[] = []
    const going: string[] = []
    const subscription = await far.subscribe('topic', message => stopped.push(message))
    await far.subscribe('topic', message => going.push(message))
    await near.publish('topic', ['1'])
    await waitFor(() => stopped.length === 1 && going.length === 1)
    await subscription.stop()
    await near.publish('topic', ['2'])
    await waitFor(() => going.length === 2)
    expect([stopped, going]).toEqual([['1'], ['1', '2']])
  })

  test('an empty publish is no message', async () => {
    const [near, far] = create()
    const heard: string[] = []
    await far.subscribe('topic', message => heard.push(message))
    await near.publish('topic', [])
    await near.publish('topic', ['only'])
    await waitFor(() => heard.length > 0)
    expect(heard).toEqual(['only'])
  })
})

test('a Redis bus goes on after Redis was killed and came back empty', async context => {
  const redis = await startRedisServer()
  if (!redis) return context.skip()
  const bus = redisBus(redis.url, 'kill')
  const heard: string[] = []
  await bus.subscribe('topic', message => heard.push(message))
  await bus.publish('topic', ['before'])
  await waitFor(() => heard.length === 1)
  await redis.kill()
  await redis.start()
  await waitFor(async () => {
    await bus.publish('topic', ['after']).catch(() => {})
    return heard.includes('after')
  })
  expect(heard[0]).toBe('before')
  await redis.kill()
})
