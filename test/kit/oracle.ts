import pg from 'pg'
import { expect } from 'vitest'
import { ask } from './ask.ts'

/**
 * The common oracle after every fault: no acknowledged rating lost, none counted twice, every negative one with exactly one review and one running clock,
 * and the wall equal to a fresh query.
 */
export async function expectWhole(options: {
  ownerUrl: string
  /** Ids of ratings whose receipts were handed out. */
  acknowledged: string[]
  hub: { url: string }
  supervisor: string
  /** Review ids that a wall has put together from its feed. */
  wall: string[]
}): Promise<void> {
  const { ownerUrl, acknowledged, hub, supervisor, wall } = options
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ id: string; ratings: number; keys: number; reviews: number; clocks: number }>(
      `select id,
         (select count(*)::int from evaluations.evaluations e where e.id = wanted.id) as ratings,
         (select count(*)::int from evaluations.evaluation_keys k where k.evaluation_id = wanted.id) as keys,
         (select count(*)::int from workflow.negative_reviews r where r.evaluation_id = wanted.id) as reviews,
         (select count(*)::int from workflow.deadlines d join workflow.negative_reviews r on r.id = d.negative_review_id
          where r.evaluation_id = wanted.id) as clocks
       from unnest($1::uuid[]) as wanted (id)`,
      [acknowledged],
    )
    expect(
      rows.filter(({ ratings, keys, reviews, clocks }) => ratings !== 1 || keys !== 1 || reviews !== 1 || clocks !== 1),
    ).toEqual([])
    const { rows: twice } = await owner.query(
      `select case_id, service_number, round from evaluations.evaluations group by 1, 2, 3 having count(*) > 1`,
    )
    expect(twice).toEqual([])
    const { rows: parked } = await owner.query(
      `select fault from workflow.inbox_parked union all select fault from evaluations.inbox_parked union all select fault from exchange.inbox_parked`,
    )
    expect(parked).toEqual([])
  } finally {
    await owner.end()
  }
  const fresh = await freshWall(hub, supervisor)
  expect(wall.filter(id => !fresh.includes(id))).toEqual([])
}

type WallPage = {
  openNegativeReviews: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}

const wallQuery = `query Wall($after: String) {
  openNegativeReviews(first: 100, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } }
}`

/** Ids of all open reviews of the supervisor's hall, page by page. */
export async function freshWall(hub: { url: string }, supervisor: string): Promise<string[]> {
  const ids: string[] = []
  let after: string | null = null
  do {
    const page: WallPage = await ask<WallPage>(hub, wallQuery, { after }, supervisor)
    const { edges, pageInfo } = page.openNegativeReviews
    ids.push(...edges.map(({ node }) => node.id))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after)
  return ids
}
