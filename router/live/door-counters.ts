/** What the door has counted since it started (计数), for whoever publishes metrics. Plain numbers: counting costs nothing. */
export type DoorCounters = {
  framesSent: number
  feedReads: number
  slowReadersCut: number
  connectionsRefused: number
}

export function createDoorCounters(): DoorCounters {
  return { framesSent: 0, feedReads: 0, slowReadersCut: 0, connectionsRefused: 0 }
}
