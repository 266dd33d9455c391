import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { publishDoorCounts } from '../../router/startup/door-metrics.ts'

test('what the door counts is published with the values of the moment it is asked', async () => {
  const registry = new Registry()
  const counts = {
    framesSent: 7,
    feedReads: 3,
    slowReadersCut: 0,
    connectionsRefused: 1,
    connections: 5,
    groups: 2,
    members: 4,
  }
  publishDoorCounts(registry, () => counts)
  counts.feedReads += 1
  const lines = (await registry.metrics()).split('\n').filter(line => line.startsWith('hub_door_'))
  expect(lines).toEqual([
    'hub_door_frames_sent 7',
    'hub_door_feed_reads 4',
    'hub_door_slow_readers_cut 0',
    'hub_door_connections_refused 1',
    'hub_door_connections 5',
    'hub_door_groups 2',
    'hub_door_members 4',
  ])
})
