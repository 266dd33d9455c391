/** Whose row an event is about: the columns that scope is judged by, the same on every table. */
export type Placement = {
  regionPath: string
  departmentId: string | null
  lineId: string | null
  hallId: string | null
  windowId: string | null
  staffMemberId: string | null
}

/** A fact as it is written into the outbox: ids and facts, never free text of citizens, never personal data. */
export type NewEvent<Payload extends object = object> = {
  type: string
  /** The live feed that shows it; null when only other subgraphs care. */
  feed: string | null
  subjectId: string
  occurredAt: Date
  placement: Placement
  payload: Payload
}

/** A fact as it travels: stamped with its place in its subgraph's log. */
export type StampedEvent<Payload = Record<string, unknown>> = {
  source: string
  epoch: string
  /** 1, 2, 3 … without holes within an epoch, in commit order. */
  position: number
  id: string
  type: string
  feed: string | null
  subjectId: string
  occurredAt: string
  placement: Placement
  payload: Payload
}

/** What travels on a subgraph's topic. A heartbeat says how far the log goes, so that a lost last message shows. */
export type LogMessage = { kind: 'event'; event: StampedEvent } | { kind: 'heartbeat'; epoch: string; position: number }
