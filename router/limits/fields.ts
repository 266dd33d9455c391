import type { OperationDefinitionNode } from 'graphql'
import { type Fragments, unfold } from './unfold.ts'

/** Fields of an operation once its fragments are unfolded (展开后的字段数). */
export function fields(operation: OperationDefinitionNode, fragments: Fragments): number {
  return unfold(operation.selectionSet, fragments, { field: (_node, inside) => 1 + inside, join: (a, b) => a + b })
}

/** Fields at the root of an operation, fragments unfolded (根字段数). */
export function rootFields(operation: OperationDefinitionNode, fragments: Fragments): number {
  return unfold(operation.selectionSet, fragments, { field: () => 1, join: (a, b) => a + b })
}
