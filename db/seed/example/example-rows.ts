import { seededRandom } from '../seeded-random.ts'
import type { CaseReport } from './case-report.ts'
import { type Oddity, oddities } from './oddities.ts'
import { makeSoundRows } from './sound-rows.ts'

const ROWS = 1000

/** A row of the example file and what is odd about it; null for a sound one. */
export type ExampleRow = { row: CaseReport; oddity: Oddity | null }

/** The thousand rows of the example file, the odd ones scattered among them. */
export function makeExampleRows(): ExampleRow[] {
  const rows: ExampleRow[] = makeSoundRows(ROWS).map(row => ({ row, oddity: null }))
  const random = seededRandom('example oddities')
  for (const oddity of oddities) {
    const sound = rows.flatMap(({ row, oddity: own }, i) => (own === null && oddity.fits(row) ? [i] : []))
    for (const i of random.pickSeveral(sound, oddity.count)) {
      const { row } = rows[i]!
      rows[i] = { row: { ...row, ...oddity.made(row) }, oddity }
    }
  }
  return rows
}
