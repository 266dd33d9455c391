import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { buildSchema, type ExecutionResult } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { Subgraph, SubgraphName } from '../subgraphs/shared/subgraph.ts'
import type { Viewer } from '../subgraphs/shared/viewer.ts'
import { resultCompleter } from './complete-result.ts'
import { guardSubgraph } from './guarded-subgraph.ts'
import { leavingError } from './leaving-error.ts'
import type { PlannedRequest, Planner } from './planner.ts'

export type HivePlannerOptions = {
  supergraphText: string
  publicSchemaText: string
  subgraphs: Partial<Record<SubgraphName, Subgraph>>
  /** Per subgraph fetch, milliseconds. */
  timeoutMs?: number
  log: Log
}

/** Plans with the Hive Rust planner in this process and asks the subgraphs, wherever they run (默认规划器). Plans are kept by document object. */
export async function createHivePlanner(options: HivePlannerOptions): Promise<Planner> {
  const { supergraphText, publicSchemaText, log, timeoutMs } = options
  const subgraphs = new Map(
    Object.values(options.subgraphs).map(subgraph => [
      subgraph.name as string,
      guardSubgraph(subgraph, { timeoutMs, log }),
    ]),
  )
  const complete = resultCompleter(buildSchema(publicSchemaText))
  const unavailable = async (): Promise<ExecutionResult> => ({ errors: [graphError('SUBGRAPH_UNAVAILABLE')] })

  const graph = await unifiedGraphHandler({
    unifiedGraph: buildSchema(supergraphText, { assumeValid: true, assumeValidSDL: true }),
    getUnifiedGraphSDL: () => supergraphText,
    onSubgraphExecute(name: string, { document, variables, operationName, context }) {
      const subgraph = subgraphs.get(name)
      const { viewer } = context as { viewer: Viewer }
      return subgraph ? subgraph.execute({ document, variables, operationName, viewer }) : unavailable()
    },
  } as Parameters<typeof unifiedGraphHandler>[0])
  const execute = graph.executor as unknown as (request: object) => Promise<ExecutionResult>

  return {
    async execute({ document, variables, operationName, viewer }: PlannedRequest) {
      const planned = await execute({ document, variables, operationName, context: { viewer } })
      const { result, isHealed } = complete(document, operationName, planned)
      if (isHealed && !result.errors) return { ...result, errors: [graphError('INTERNAL')] }
      return result.errors
        ? { ...result, errors: result.errors.map(error => leavingError(error, log)) as never }
        : result
    },
    stop: async () => {},
  }
}
