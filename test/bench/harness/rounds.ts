import type { ContenderRole, Row, Run } from './benchmark.ts'
import { median } from './percentiles.ts'

export type Contender = { name: string; role: ContenderRole; run(round: number): Promise<Run> }

/**
 * Runs contenders in turns A B C, B C A, … so that what else the machine does meets all of them, and takes medians.
 * One that throws has a void row with the reason, and the others go on.
 */
export async function interleave(contenders: Contender[], rounds: number, log: (line: string) => void): Promise<Row[]> {
  const runs = new Map<Contender, Run[]>(contenders.map(contender => [contender, []]))
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const contender = contenders[(round + turn) % contenders.length]!
      const run = await contender
        .run(round)
        .catch((error: Error): Run => ({ figures: {}, faults: [error.message.split('\n').slice(0, 2).join(' ')] }))
      runs.get(contender)!.push(run)
      log(`  round ${round + 1}/${rounds} ${contender.name}: ${brief(run)}`)
    }
  }
  return contenders.map(contender => rowOf(contender, runs.get(contender)!))
}

/** The row of a contender: medians over its runs, and every fault that any of them had. */
export function rowOf({ name, role }: Pick<Contender, 'name' | 'role'>, runs: Run[]): Row {
  const figures = [...new Set(runs.flatMap(run => Object.keys(run.figures)))]
  const medians = Object.fromEntries(
    figures.map(figure => [
      figure,
      median(runs.flatMap(run => (run.figures[figure] === undefined ? [] : [run.figures[figure]]))),
    ]),
  )
  return { contender: name, role, medians, runs, faults: [...new Set(runs.flatMap(run => run.faults))] }
}

function brief({ figures, faults }: Run): string {
  if (faults.length > 0) return `VOID: ${faults.join('; ')}`
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toPrecision(4)}`)
    .join(', ')
}
