import { Gauge, type Registry } from 'prom-client'
import type { DoorCounts } from '../door.ts'

const meanings: Record<keyof DoorCounts, string> = {
  framesSent: 'Messages sent to subscribers since the start',
  feedReads: 'Queries made to fill live feeds since the start',
  slowReadersCut: 'Subscribers cut because they did not read, since the start',
  connectionsRefused: 'Live connections refused since the start',
  connections: 'Live connections open now',
  groups: 'Different subscriptions open now: each is executed once an event',
  members: 'Subscribers now',
}

/** Publishes what the door counts (实时连接指标): `hub_door_feed_reads` and so on. */
export function publishDoorCounts(registry: Registry, counts: () => DoorCounts): void {
  for (const [count, help] of Object.entries(meanings)) {
    new Gauge({
      name: `hub_door_${count.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`,
      help,
      registers: [registry],
      collect() {
        this.set(counts()[count as keyof DoorCounts])
      },
    })
  }
}
