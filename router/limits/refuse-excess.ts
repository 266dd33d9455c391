import type { DocumentNode, GraphQLError, OperationDefinitionNode } from 'graphql'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import { aliases } from './aliases.ts'
import { depth, nesting } from './depth.ts'
import { directives } from './directives.ts'
import { fields, rootFields } from './fields.ts'
import { limits } from './limits.ts'
import { type Fragments, fragmentsOf } from './unfold.ts'

const perOperation = [
  { code: 'DOCUMENT_TOO_DEEP', limit: limits.depth, measure: depth },
  { code: 'DOCUMENT_TOO_DEEP', limit: limits.nesting, measure: nesting },
  { code: 'TOO_MANY_ROOT_FIELDS', limit: limits.rootFields, measure: rootFields },
  { code: 'TOO_MANY_FIELDS', limit: limits.fields, measure: fields },
  { code: 'TOO_MANY_ALIASES', limit: limits.aliases, measure: aliases },
] as const

/** The first limit that a document exceeds, as one sentence with a code; null when it keeps them all (限额检查). */
export function refuseExcess(document: DocumentNode, operations: OperationDefinitionNode[]): GraphQLError | null {
  if (directives(document) > limits.directives) return graphError('TOO_MANY_DIRECTIVES', { limit: limits.directives })
  const fragments: Fragments = fragmentsOf(document)
  for (const operation of operations) {
    for (const { code, limit, measure } of perOperation) {
      if (measure(operation, fragments) > limit) return graphError(code, { limit })
    }
  }
  return null
}
