import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import type { Database, Transaction } from '../../shared/database.ts'
import type { DailyScans } from '../domain/static-code-scans.ts'

/** Counts scans of static codes (扫码计数). */
export type ScanCounter = {
  /** Counts one scan of the code with this handle; false when there is none in use. Answered once it is written. */
  count(handle: string): Promise<boolean>
  /** Writes what was gathered, and ends. */
  stop(): Promise<void>
}

/** Many phones scan one poster at the same time: gathered for so long, they cost its row one update. */
const GATHER_MILLISECONDS = 200

type Gathered = {
  handle: string
  day: string
  scans: number
  answers: ((isCounted: boolean) => void)[]
  failures: ((error: unknown) => void)[]
}

export function createScanCounter(options: { database: Database; now: () => Date }): ScanCounter {
  const { database, now } = options
  let gathered = new Map<string, Gathered>()
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    const batch = [...gathered.values()]
    gathered = new Map()
    // One after another: two batches of one process would only wait for each other's rows.
    if (batch.length > 0) writing = writing.then(() => write(batch))
  }

  async function write(batch: Gathered[]): Promise<void> {
    try {
      const counted = await database.inScope({ reach: 'EVERYTHING', name: 'rating-code' }, tx => addScans(tx, batch))
      for (const { handle, answers } of batch) for (const answer of answers) answer(counted.has(handle))
    } catch (error) {
      for (const { failures } of batch) for (const fail of failures) fail(error)
    }
  }

  return {
    count: handle =>
      new Promise((resolve, reject) => {
        const day = shanghaiDay(now())
        const key = `${handle}/${day}`
        const found = gathered.get(key) ?? { handle, day, scans: 0, answers: [], failures: [] }
        found.scans += 1
        found.answers.push(resolve)
        found.failures.push(reject)
        gathered.set(key, found)
        timer ??= setTimeout(flush, GATHER_MILLISECONDS)
      }),
    async stop() {
      flush()
      await writing
    },
  }
}

/** Adds scans to their days; answers the handles of codes in use. Rows are entered in one order, so that two processes never wait in a ring. */
async function addScans(
  { query }: Transaction,
  scans: readonly Pick<Gathered, 'handle' | 'day' | 'scans'>[],
): Promise<Set<string>> {
  const rows = await query<{ handle: string }>(
    `with given as (
       select c.id, encode(c.handle, 'hex') as handle, g.day, g.scans
       from unnest($1::text[], $2::date[], $3::int[]) as g (handle, day, scans)
       join evaluations.static_codes c on c.handle = decode(g.handle, 'hex') and c.state = 'ACTIVE'
     ), counted as (
       insert into evaluations.code_scans as kept (static_code_id, day, scans)
       select id, day, scans from given order by id, day
       on conflict (static_code_id, day) do update set scans = kept.scans + excluded.scans
     )
     select handle from given`,
    [scans.map(({ handle }) => handle), scans.map(({ day }) => day), scans.map(({ scans: count }) => count)],
  )
  return new Set(rows.map(({ handle }) => handle))
}

/** Scans of these codes since a day, the latest day first, by id. Ask for codes that the viewer was shown: scans have no scope of their own. */
export async function scansOfCodes(
  { query }: Transaction,
  ids: readonly string[],
  since: string,
): Promise<Map<string, DailyScans[]>> {
  const rows = await query<DailyScans & { id: string }>(
    `select static_code_id as id, day, scans from evaluations.code_scans
     where static_code_id = any($1::uuid[]) and day >= $2 order by day desc`,
    [ids, since],
  )
  return Map.groupBy(rows, ({ id }) => id)
}
