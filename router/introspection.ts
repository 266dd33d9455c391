import { Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql'
import type { Fragments } from './limits/unfold.ts'

/** How much of an operation asks about the graph itself (内省): `schema` also tells its types, `typename` only names its root. */
export type Introspection = 'none' | 'typename' | 'schema' | 'mixed'

export function introspectionOf(operation: OperationDefinitionNode, fragments: Fragments): Introspection {
  const names = rootNames(operation.selectionSet, fragments, new Set(), new Set())
  const asksSchema = names.has('__schema') || names.has('__type')
  const asksData = [...names].some(name => !name.startsWith('__'))
  if (asksSchema) return asksData ? 'mixed' : 'schema'
  return asksData ? 'none' : 'typename'
}

function rootNames(set: SelectionSetNode, fragments: Fragments, names: Set<string>, seen: Set<string>): Set<string> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) names.add(selection.name.value)
    else if (selection.kind === Kind.INLINE_FRAGMENT) rootNames(selection.selectionSet, fragments, names, seen)
    else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value)
      const fragment = fragments.get(selection.name.value)
      if (fragment) rootNames(fragment.selectionSet, fragments, names, seen)
    }
  }
  return names
}
