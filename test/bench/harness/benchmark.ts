/** How long a run may take: `--short` is for trying things out and is not published. */
export type Extent = { isShort: boolean }

/** OURS: the product. PEER: what others would use instead. LIMIT: what the machine itself allows. */
export type ContenderRole = 'OURS' | 'PEER' | 'LIMIT'

/** One run of one contender. Any fault makes its row void: what was lost or wrong must never look fast. */
export type Run = { figures: Record<string, number>; faults: string[] }

export type Row = {
  contender: string
  role: ContenderRole
  /** Median of all runs, per figure. */
  medians: Record<string, number>
  runs: Run[]
  faults: string[]
}

export type Column = { figure: string; label: string; digits: number }

export type Section = { title: string; columns: Column[]; rows: Row[]; notes: string[] }

/** Whether a goal of the quality page is met; null where this run cannot say. */
export type Verdict = { goal: string; measured: string; isMet: boolean | null }

export type Outcome = { title: string; sections: Section[]; verdicts: Verdict[] }

export type Benchmark = {
  name: string
  title: string
  run(extent: Extent, log: (line: string) => void): Promise<Outcome>
}
