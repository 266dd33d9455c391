import type { HandedOverReading } from '../../shared/hand-over/read-handed-over.ts'

/** A readable row with its place in the batch. */
export type PlacedReading = { index: number; reading: HandedOverReading }

/**
 * Parts a batch so that rows about one service, or with one id of the source, come one after the other: of two for the same service the
 * one that stands first in the file stands, and a second rating finds its first one. All others are taken together.
 */
export function wavesOf(rows: readonly PlacedReading[]): PlacedReading[][] {
  const waves: PlacedReading[][] = []
  const nextWave = new Map<string, number>()
  for (const row of rows) {
    const { caseNumber, serviceNumber, sourceRatingId } = row.reading
    const names = [`case ${caseNumber}/${serviceNumber}`, `id ${sourceRatingId}`]
    const wave = Math.max(...names.map(name => nextWave.get(name) ?? 0))
    for (const name of names) nextWave.set(name, wave + 1)
    waves[wave] ??= []
    waves[wave].push(row)
  }
  return waves
}
