import { ScopeAndOutbox } from './20261121T0200-scope-and-outbox.ts'
import { Cases } from './20261121T0210-cases.ts'
import { Evaluations } from './20261121T0220-evaluations.ts'
import { Workflow } from './20261121T0230-workflow.ts'
import { Exchange } from './20261121T0240-exchange.ts'

/** Every migration, in order. Listed by name: nothing is found by globbing. */
export const migrations = [
  { name: '20261121T0200-scope-and-outbox', class: ScopeAndOutbox },
  { name: '20261121T0210-cases', class: Cases },
  { name: '20261121T0220-evaluations', class: Evaluations },
  { name: '20261121T0230-workflow', class: Workflow },
  { name: '20261121T0240-exchange', class: Exchange },
]
