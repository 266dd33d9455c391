import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql'

type FieldShape = { type: GraphQLOutputType; inside: Shape | null }
type Shape = Map<string, FieldShape>

/**
 * Makes data that came from several subgraphs obey the graph's own nullability (空值传播): where a part is missing and its type
 * forbids null, the nearest nullable parent becomes null. Planners leave that to us. `isHealed` tells that something was missing.
 */
export function resultCompleter(schema: GraphQLSchema) {
  const shapes = new WeakMap<DocumentNode, Map<string | undefined, Shape>>()

  function shapeOf(document: DocumentNode, operationName: string | undefined): Shape {
    const byName = shapes.get(document) ?? new Map<string | undefined, Shape>()
    shapes.set(document, byName)
    const shape = byName.get(operationName) ?? operationShape(schema, document, operationName)
    byName.set(operationName, shape)
    return shape
  }

  return (
    document: DocumentNode,
    operationName: string | undefined,
    result: ExecutionResult,
  ): { result: ExecutionResult; isHealed: boolean } => {
    const shape = shapeOf(document, operationName)
    const data = (result.data ?? {}) as Record<string, unknown>
    for (const key of shape.keys()) if (!(key in data) && result.errors) data[key] = null
    const walk = { isHealed: false }
    const completed = completeObject(data, shape, walk)
    return {
      result: completed === data && result.data === data ? result : { ...result, data: completed as never },
      isHealed: walk.isHealed,
    }
  }
}

const missing = Symbol('a required part is missing')

function completeObject(
  value: Record<string, unknown>,
  shape: Shape,
  walk: { isHealed: boolean },
): Record<string, unknown> | null {
  for (const [key, field] of shape) {
    const part = value[key]
    if (part === undefined) continue
    const completed = completeValue(part, field.type, field.inside, walk)
    if (completed === missing) return null
    if (completed !== part) value[key] = completed
  }
  return value
}

function completeValue(
  value: unknown,
  type: GraphQLOutputType,
  inside: Shape | null,
  walk: { isHealed: boolean },
): unknown {
  const isRequired = isNonNullType(type)
  const nullable = isRequired ? type.ofType : type
  const completed = completeNullable(value, nullable, inside, walk)
  if (completed !== null || !isRequired) return completed
  walk.isHealed = true
  return missing
}

function completeNullable(
  value: unknown,
  type: GraphQLOutputType,
  inside: Shape | null,
  walk: { isHealed: boolean },
): unknown {
  if (value === null || value === undefined) return null
  if (isListType(type)) {
    if (!Array.isArray(value)) return null
    if (!inside && !isNonNullType(type.ofType)) return value
    for (let index = 0; index < value.length; index += 1) {
      const completed = completeValue(value[index], type.ofType, inside, walk)
      if (completed === missing) return null
      if (completed !== value[index]) value[index] = completed
    }
    return value
  }
  return inside ? completeObject(value as Record<string, unknown>, inside, walk) : value
}

function operationShape(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Shape {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return new Map()
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const shape: Shape = new Map()
  collect(schema, fragments, operation.selectionSet, root.name, shape)
  return shape
}

// Fields of one response name have one nullability whatever their parent type (GraphQL: "fields in set can merge"),
// so type conditions need not be told apart: what does not apply is simply absent.
function collect(
  schema: GraphQLSchema,
  fragments: Map<string, FragmentDefinitionNode>,
  selectionSet: SelectionSetNode,
  parentName: string,
  shape: Shape,
): void {
  const parent = schema.getType(parentName)
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments.get(selection.name.value)
      if (fragment) collect(schema, fragments, fragment.selectionSet, fragment.typeCondition.name.value, shape)
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(schema, fragments, selection.selectionSet, selection.typeCondition?.name.value ?? parentName, shape)
    } else if (isObjectType(parent) || isInterfaceType(parent)) {
      const field = parent.getFields()[selection.name.value]
      if (!field) continue
      const key = selection.alias?.value ?? selection.name.value
      const named = getNamedType(field.type)
      const known = shape.get(key) ?? { type: field.type, inside: isCompositeType(named) ? new Map() : null }
      shape.set(key, known)
      if (selection.selectionSet && known.inside)
        collect(schema, fragments, selection.selectionSet, named.name, known.inside)
    }
  }
}
