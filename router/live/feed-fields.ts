import {
  type FieldDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql'
import type { SubgraphName } from '../../subgraphs/shared/subgraph.ts'

/** A subscription of the graph with what the door must know of it (订阅与回放). */
export type FeedField = {
  name: string
  /** The subgraph that owns the feed. */
  owner: SubgraphName
  /** The query that replays it: same arguments plus `first`, result with `events` of the very same type. */
  twin: string
  eventType: string
}

/**
 * Finds every subscription's owner and its replaying twin, by type, not by name.
 *
 * @throws Error naming the subscription that has no twin: the door could neither resume it nor fill it in
 */
export function findFeedFields(schema: GraphQLSchema, supergraphText: string): Map<string, FeedField> {
  const owners = subscriptionOwners(supergraphText)
  const fields = new Map<string, FeedField>()
  for (const { name, type } of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const eventType = getNamedType(type).name
    const twin = findTwin(schema, eventType)
    const owner = owners.get(name)
    if (!twin || !owner)
      throw new Error(`the subscription ${name} has no query that replays its events of type ${eventType}`)
    fields.set(name, { name, owner, twin, eventType })
  }
  return fields
}

function findTwin(schema: GraphQLSchema, eventType: string): string | undefined {
  return Object.values(schema.getQueryType()?.getFields() ?? {}).find(({ type, args }) => {
    const feed = getNamedType(type)
    const events = isObjectType(feed) ? feed.getFields().events : undefined
    const takes = (argument: string) => args.some(({ name }) => name === argument)
    return events && getNamedType(events.type).name === eventType && takes('after') && takes('first')
  })?.name
}

function subscriptionOwners(supergraphText: string): Map<string, SubgraphName> {
  const { definitions } = parse(supergraphText, { noLocation: true })
  const graphs = new Map<string, string>()
  for (const definition of definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') continue
    for (const value of definition.values ?? []) {
      const name = value.directives
        ?.flatMap(({ arguments: given }) => given ?? [])
        .find(given => given.name.value === 'name')
      if (name?.value.kind === Kind.STRING) graphs.set(value.name.value, name.value.value)
    }
  }
  const subscription = definitions.find(
    (definition): definition is ObjectTypeDefinitionNode =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Subscription',
  )
  const only = graphOf(subscription?.directives, 'join__type')
  return new Map(
    (subscription?.fields ?? []).map(field => [
      field.name.value,
      graphs.get(graphOf(field.directives, 'join__field') ?? only ?? '') as SubgraphName,
    ]),
  )
}

function graphOf(directives: FieldDefinitionNode['directives'], name: string): string | undefined {
  const graph = directives
    ?.find(directive => directive.name.value === name)
    ?.arguments?.find(argument => argument.name.value === 'graph')?.value
  return graph?.kind === Kind.ENUM ? graph.value : undefined
}
