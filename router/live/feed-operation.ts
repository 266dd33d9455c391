import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  validate,
  visit,
} from 'graphql'
import { graphError } from '../../subgraphs/shared/graph-error.ts'
import { type Fragments, fragmentsOf } from '../limits/unfold.ts'
import type { ReadyOperation } from '../operation-runner.ts'
import type { FeedField } from './feed-fields.ts'

/** A client's subscription turned into what the door runs (订阅的改写). */
export type FeedOperation = {
  field: FeedField
  /** Name of the root field in the client's payloads. */
  responseKey: string
  /** The client's document, to build heartbeats with its own selection. */
  document: DocumentNode
  operationName: string | undefined
  /** The replaying query with the client's selection. Its variables are the client's, `hubAfter` and `hubFirst`. */
  twin: { document: DocumentNode; text: string }
  /** The subscription that only tells that something happened. */
  wake: DocumentNode
  /** The client's variables that both of them use. */
  variableNames: string[]
}

const hidden = parse('{ hubPosition: position }').definitions[0] as OperationDefinitionNode
const feedParts = parse('{ epoch latestPosition isReset serverTime }').definitions[0] as OperationDefinitionNode
const wakeParts = parse('{ position }').definitions[0] as OperationDefinitionNode

/** Rewrites a subscription once per document; the error says why it cannot be followed. */
export function rewriteSubscription(
  schema: GraphQLSchema,
  fields: Map<string, FeedField>,
  { prepared, operation }: ReadyOperation,
): FeedOperation | GraphQLError {
  const fragments = fragmentsOf(prepared.document)
  const root = rootField(operation.node.selectionSet, fragments)
  const field = root && fields.get(root.name.value)
  if (!root?.selectionSet || !field) return graphError('BAD_REQUEST', { fact: 'subscription' })
  const given = (root.arguments ?? []).filter(({ name }) => name.value !== 'after')
  const declared = operation.node.variableDefinitions ?? []
  const selected = reachable(root.selectionSet, fragments)

  const events = fieldNode(
    'events',
    undefined,
    [],
    [...root.selectionSet.selections, ...hidden.selectionSet.selections],
  )
  const paging = [argument('after', 'hubAfter'), argument('first', 'hubFirst')]
  const feed = fieldNode(field.twin, 'feed', [...given, ...paging], [...feedParts.selectionSet.selections, events])
  const used = variablesIn([feed, ...selected])
  const kept = declared.filter(({ variable }) => used.has(variable.name.value))
  const pagingVariables = parse('query ($hubAfter: String, $hubFirst: Int!) { __typename }')
    .definitions[0] as OperationDefinitionNode
  const twin: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        name: { kind: Kind.NAME, value: 'HubFeed' },
        variableDefinitions: [...kept, ...(pagingVariables.variableDefinitions ?? [])],
        selectionSet: { kind: Kind.SELECTION_SET, selections: [feed] },
      },
      ...selected,
    ],
  }
  const [fault] = validate(schema, twin, undefined, { maxErrors: 1 })
  if (fault) return graphError('BAD_REQUEST', { fact: fault.message })

  const wakeField = fieldNode(field.name, undefined, given, wakeParts.selectionSet.selections)
  const usedByWake = variablesIn([wakeField])
  const wake: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.SUBSCRIPTION,
        name: { kind: Kind.NAME, value: 'HubWake' },
        variableDefinitions: declared.filter(({ variable }) => usedByWake.has(variable.name.value)),
        selectionSet: { kind: Kind.SELECTION_SET, selections: [wakeField] },
      },
    ],
  }
  return {
    field,
    responseKey: root.alias?.value ?? root.name.value,
    document: prepared.document,
    operationName: operation.node.name?.value,
    twin: { document: twin, text: print(twin) },
    wake,
    variableNames: kept.map(({ variable }) => variable.name.value).sort(),
  }
}

/** The client's `after`, given as a literal or by a variable; null when there is none. */
export function afterOf(schema: GraphQLSchema, { prepared, operation, variables }: ReadyOperation): string | null {
  const root = rootField(operation.node.selectionSet, fragmentsOf(prepared.document))
  const definition = root && schema.getSubscriptionType()?.getFields()[root.name.value]
  if (!root || !definition) return null
  const { coerced } = getVariableValues(schema, operation.node.variableDefinitions ?? [], variables)
  const { after } = getArgumentValues(definition, root, coerced)
  return typeof after === 'string' ? after : null
}

// Conditions on the root field would make a stream of nothing; validation allows one root field only.
function rootField(set: SelectionSetNode, fragments: Fragments): FieldNode | null {
  const [selection] = set.selections
  if (!selection || selection.directives?.length) return null
  if (selection.kind === Kind.FIELD) return selection
  if (selection.kind === Kind.INLINE_FRAGMENT) return rootField(selection.selectionSet, fragments)
  const fragment = fragments.get(selection.name.value)
  return fragment ? rootField(fragment.selectionSet, fragments) : null
}

function reachable(set: SelectionSetNode, fragments: Fragments): FragmentDefinitionNode[] {
  const found = new Map<string, FragmentDefinitionNode>()
  const look = (node: SelectionSetNode) =>
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value)
        if (!fragment || found.has(name.value)) return
        found.set(name.value, fragment)
        look(fragment.selectionSet)
      },
    })
  look(set)
  return [...found.values()]
}

function variablesIn(nodes: (FieldNode | FragmentDefinitionNode)[]): Set<string> {
  const names = new Set<string>()
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) })
  return names
}

function fieldNode(
  name: string,
  alias: string | undefined,
  given: ArgumentNode[],
  selections: readonly SelectionNode[],
): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    ...(alias && { alias: { kind: Kind.NAME, value: alias } }),
    arguments: given,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  }
}

function argument(name: string, variable: string): ArgumentNode {
  return {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
  }
}
