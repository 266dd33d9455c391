import { type DocumentNode, type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql'

export type Fragments = Map<string, FragmentDefinitionNode>

export function fragmentsOf(document: DocumentNode): Fragments {
  const fragments: Fragments = new Map()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  return fragments
}

/**
 * Sums up a selection with its fragments unfolded (片段展开), each fragment being looked at once however often it is spread.
 * A fragment inside itself counts nothing: validation refuses it afterwards.
 */
export function unfold(
  selectionSet: SelectionSetNode,
  fragments: Fragments,
  measure: {
    field(node: FieldNode, inside: number): number
    /** What a fragment adds to its inside; nothing unless told. */
    fragment?(inside: number): number
    join(a: number, b: number): number
  },
): number {
  const known = new Map<string, number>()
  const wrapped = measure.fragment ?? (inside => inside)

  function ofSelections(set: SelectionSetNode | undefined): number {
    let sum = 0
    for (const selection of set?.selections ?? []) {
      const value =
        selection.kind === Kind.FIELD
          ? measure.field(selection, ofSelections(selection.selectionSet))
          : selection.kind === Kind.INLINE_FRAGMENT
            ? wrapped(ofSelections(selection.selectionSet))
            : wrapped(ofFragment(selection.name.value))
      sum = measure.join(sum, value)
    }
    return sum
  }

  function ofFragment(name: string): number {
    const value = known.get(name)
    if (value !== undefined) return value
    known.set(name, 0)
    const measured = ofSelections(fragments.get(name)?.selectionSet)
    known.set(name, measured)
    return measured
  }

  return ofSelections(selectionSet)
}
