import type { Column, Outcome, Row, Section } from './benchmark.ts'

/** The outcome as Markdown: one table a section, void rows without figures, verdicts at the end. */
export function outcomeText({ title, sections, verdicts }: Outcome): string {
  const goals = verdicts.map(({ goal, measured, isMet }) => `- ${mark(isMet)} ${goal}: ${measured}`)
  return [`## ${title}`, ...sections.map(sectionText), ...(goals.length > 0 ? [goals.join('\n')] : [])].join('\n\n')
}

function mark(isMet: boolean | null): string {
  return isMet === null ? 'open' : isMet ? 'met' : 'NOT met'
}

function sectionText({ title, columns, rows, notes }: Section): string {
  const head = ['', ...columns.map(({ label }) => label), 'runs']
  const lines = [
    head,
    head.map((_label, index) => (index === 0 ? '---' : '---:')),
    ...rows.map(row => cells(row, columns)),
  ]
  const table = lines.map(line => `| ${line.join(' | ')} |`).join('\n')
  const faults = rows.flatMap(({ contender, faults }) => faults.map(fault => `- VOID ${contender}: ${fault}`))
  return [`### ${title}`, table, ...(faults.length > 0 ? [faults.join('\n')] : []), ...notes].join('\n\n')
}

function cells({ contender, role, medians, runs, faults }: Row, columns: Column[]): string[] {
  const name = role === 'OURS' ? `**${contender}**` : role === 'LIMIT' ? `*limit: ${contender}*` : contender
  const figures = columns.map(({ figure, digits }) =>
    faults.length > 0 ? 'void' : figureText(medians[figure], digits),
  )
  return [name, ...figures, String(runs.length)]
}

function figureText(value: number | undefined, digits: number): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
