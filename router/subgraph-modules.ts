import { cases } from '../subgraphs/cases/index.ts'
import { evaluations } from '../subgraphs/evaluations/index.ts'
import { exchange } from '../subgraphs/exchange/index.ts'
import type { SubgraphModule } from '../subgraphs/shared/module.ts'
import { workflow } from '../subgraphs/workflow/index.ts'

/** The four subgraphs, in the order in which they start: each may ask those before it. */
export const subgraphModules: SubgraphModule[] = [cases, evaluations, workflow, exchange]
