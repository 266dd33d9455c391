/** One row of a batch that holds. */
export type Contender = { index: number; key: string; dataVersion: number }

/**
 * Where one batch names a case several times (同批重复), the highest data version stands, of equal ones the first: by its key, the
 * index of the row that is stored.
 */
export function batchWinners(contenders: readonly Contender[]): Map<string, number> {
  const winners = new Map<string, Contender>()
  for (const contender of contenders) {
    const standing = winners.get(contender.key)
    if (!standing || contender.dataVersion > standing.dataVersion) winners.set(contender.key, contender)
  }
  return new Map([...winners].map(([key, { index }]) => [key, index]))
}
