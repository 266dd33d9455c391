import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/

/** The scalar `DateTime` of the graph: an instant, written as ISO 8601 in UTC with milliseconds; any offset is read. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: value => new Date(value as Date | string).toISOString(),
  parseValue: readInstant,
  parseLiteral: node => readInstant(node.kind === Kind.STRING ? node.value : null),
})

function readInstant(value: unknown): Date {
  const instant = typeof value === 'string' && shape.test(value) ? new Date(value) : null
  if (!instant || Number.isNaN(instant.getTime())) {
    throw new GraphQLError('DateTime must be an instant with its zone, e.g. 2026-11-21T01:30:00.000Z')
  }
  return instant
}
