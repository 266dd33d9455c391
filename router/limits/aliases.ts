import type { OperationDefinitionNode } from 'graphql'
import { type Fragments, unfold } from './unfold.ts'

/** Aliases of an operation (别名数), each counted as often as its fragment is spread. */
export function aliases(operation: OperationDefinitionNode, fragments: Fragments): number {
  return unfold(operation.selectionSet, fragments, {
    field: (node, inside) => (node.alias && node.alias.value !== node.name.value ? 1 : 0) + inside,
    join: (a, b) => a + b,
  })
}
