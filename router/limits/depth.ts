import type { OperationDefinitionNode } from 'graphql'
import { type Fragments, unfold } from './unfold.ts'

/** Levels of fields of an operation (嵌套层数); a root field without selection is one level. */
export function depth(operation: OperationDefinitionNode, fragments: Fragments): number {
  return unfold(operation.selectionSet, fragments, { field: (_node, inside) => 1 + inside, join: Math.max })
}
