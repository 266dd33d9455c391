import type { OperationDefinitionNode } from 'graphql'
import { type Fragments, unfold } from './unfold.ts'

/** Levels of fields of an operation (嵌套层数); a root field without selection is one level. */
export function depth(operation: OperationDefinitionNode, fragments: Fragments): number {
  return unfold(operation.selectionSet, fragments, { field: (_node, inside) => 1 + inside, join: Math.max })
}

/** Levels of an operation with those of fragments (含片段的嵌套层数): a planner's parser goes down each of them. */
export function nesting(operation: OperationDefinitionNode, fragments: Fragments): number {
  return unfold(operation.selectionSet, fragments, {
    field: (_node, inside) => 1 + inside,
    fragment: inside => 1 + inside,
    join: Math.max,
  })
}
