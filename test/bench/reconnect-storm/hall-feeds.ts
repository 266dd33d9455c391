import type pg from 'pg'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import type { ScreenAsk } from '../harness/screen.ts'
import { type ServicePoint, servicePoints } from '../harness/service-points.ts'

const feed = 'negativeReviews'

const wall = `subscription Wall($after: String) {
  negativeReviews(after: $after) {
    epoch position previousPosition kind at
    negativeReview { id state score openedAt hall { name } window { number } deadlines { kind dueAt } }
  }
}`

/** One point in each of so many halls. */
export async function pointsOfHalls(owner: pg.Pool, halls: number): Promise<ServicePoint[]> {
  const points = await servicePoints(owner, '/410000/', 100_000)
  const first = new Map(points.toReversed().map(point => [point.hallId, point]))
  return [...first.values()].slice(0, halls)
}

/** The wall of each hall, asked by a client of that hall, from where its feed stands now. */
export async function asksOfHalls(hub: HubUnderTest, points: ServicePoint[]): Promise<ScreenAsk[]> {
  const keys = await hub.makeClients(
    points.map(({ regionPath, hallId }) => ({
      role: 'FRONTEND_CLIENT',
      scope: { reach: 'REGION', regionPath, hallId },
    })),
  )
  const { rows } = await hub.owner.query<{ epoch: string }>('select epoch from workflow.outbox_head')
  const feeds = await feedsOfHalls(
    hub.owner,
    points,
    points.map(() => 0),
  )
  return points.map((_point, index) => ({
    query: wall,
    variables: { after: `${rows[0]!.epoch}:${feeds[index]!.at(-1) ?? 0}` },
    authorization: keys[index]!,
  }))
}

/** The positions of each hall's feed behind a position, as they stand in the log. */
export async function feedsOfHalls(owner: pg.Pool, points: ServicePoint[], behind: number[]): Promise<number[][]> {
  const { rows } = await owner.query<{ hallId: string; positions: string[] }>(
    `select hall_id as "hallId", array_agg(position order by position) as positions
     from workflow.outbox where feed = $1 and position is not null and hall_id = any($2) group by hall_id`,
    [feed, points.map(({ hallId }) => hallId)],
  )
  const byHall = new Map(rows.map(({ hallId, positions }) => [hallId, positions.map(Number)]))
  return points.map(({ hallId }, index) => (byHall.get(hallId) ?? []).filter(position => position > behind[index]!))
}
