import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql'

export type PageSizes = {
  /** Sizes written into the document. */
  literals: number[]
  /** Names of the variables that give the others. */
  variables: Set<string>
}

/** Every argument `first` of a document (每页条数): lists page by nothing else. */
export function pageSizes(document: DocumentNode): PageSizes {
  const sizes: PageSizes = { literals: [], variables: new Set() }
  visit(document, {
    Argument({ name, value }) {
      if (name.value !== 'first') return
      if (value.kind === Kind.INT) sizes.literals.push(Number(value.value))
      if (value.kind === Kind.VARIABLE) sizes.variables.add(value.name.value)
    },
  })
  return sizes
}

/** The largest page that an operation asks for with these variables; 0 when it pages nothing. */
export function largestPage(
  sizes: PageSizes,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): number {
  let largest = Math.max(0, ...sizes.literals)
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const name = variable.name.value
    if (!sizes.variables.has(name)) continue
    const value = variables[name] ?? (defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : 0)
    if (typeof value === 'number') largest = Math.max(largest, value)
  }
  return largest
}
