import { submitEvaluations } from '../../subgraphs/evaluations/actions/submit-evaluations.ts'
import type { EvaluationsContext } from '../../subgraphs/evaluations/context.ts'
import { formatShanghaiTime } from '../../subgraphs/shared/clock/shanghai-time.ts'
import type { SatisfactionLevel } from '../../subgraphs/shared/policy/policy.ts'
import type { Subgraph } from '../../subgraphs/shared/subgraph.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { plainMapping, reversedMapping } from '../exchange/source-mappings.ts'
import type { DefaultsScene } from './default-evaluations-scene.ts'
import { provinceSystem } from './evaluations-scene.ts'

/** Two platforms that hand over; the devices count from 0, which is the best. */
export const sources = {
  'OTHER-PLATFORM': { clientId: newId(), mapping: plainMapping, write: (level: SatisfactionLevel) => `${level}` },
  'OTHER-DEVICES': { clientId: newId(), mapping: reversedMapping, write: (level: SatisfactionLevel) => `${5 - level}` },
} as const
export type SourceName = keyof typeof sources

/** A rating as its source knows it. */
export type GivenElsewhere = {
  id: string
  caseNumber: string
  serviceNumber: number
  round: 1 | 2
  level: SatisfactionLevel
  evaluatedAt: Date
}

/** Hands over as a source does; answers each row's outcome, with path and code of what was wrong. */
export function handOverTo({ database, submissions, clock }: DefaultsScene) {
  return async (source: SourceName, given: readonly GivenElsewhere[]): Promise<string[]> => {
    const { clientId, write } = sources[source]
    const rows = given.map(({ id, caseNumber, serviceNumber, round, level, evaluatedAt }) => ({
      ...{ sourceRatingId: id, caseNumber, serviceNumber: `${serviceNumber}`, round: `${round}` },
      ...{ level: write(level), channel: '3', evaluatedAt: formatShanghaiTime(evaluatedAt) },
    }))
    const viewer = { ...provinceSystem, id: clientId }
    const context = { database, submissions, now: () => clock.now, viewer, cases: () => peer, exchange: () => peer }
    const answer = await submitEvaluations(rows, context as EvaluationsContext)
    if ('refused' in answer) throw new Error(answer.refused)
    return answer.outcomes.map(({ outcome, problems }) =>
      [outcome, ...problems.map(({ path, code }) => `${path} ${code}`)].join(' '),
    )
  }
}

/** Cases say for which system a client speaks, exchange how that one is read. */
const peer: Subgraph = {
  name: 'cases',
  async execute({ variables }) {
    const { clientId, sourceSystem } = variables as { clientId?: string; sourceSystem?: SourceName }
    const owner = Object.entries(sources).find(([, source]) => source.clientId === clientId)
    if (!sourceSystem) return { data: { answer: owner?.[0] ?? null } }
    return { data: { answer: JSON.stringify({ version: 1, mapping: sources[sourceSystem].mapping }) } }
  },
  subscribe: () => Promise.reject(new Error('nobody subscribes here')),
  stop: async () => {},
}
