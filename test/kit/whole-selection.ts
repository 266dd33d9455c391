import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'

/**
 * A selection of every field that needs no argument, some levels of objects deep, each object with its type name (全字段选择).
 * Types that already lie above are not entered again.
 */
export function wholeSelection(output: GraphQLOutputType, levels: number, above: readonly string[] = []): string {
  const type = getNamedType(output)
  if (!isCompositeType(type)) return ''
  if (isUnionType(type)) {
    const members = type.getTypes().map(member => `... on ${member.name} ${wholeSelection(member, levels, above)}`)
    return `{ __typename ${members.join(' ')} }`
  }
  if (!isObjectType(type)) return '{ __typename }'
  const fields = Object.values(type.getFields()).filter(field => !field.args.some(isRequiredArgument))
  const parts = fields.map(field => selected(field, type, levels, above)).filter(text => text !== '')
  return `{ __typename ${parts.join(' ')} }`
}

function selected(
  { name, type }: GraphQLField<unknown, unknown>,
  parent: GraphQLNamedType,
  levels: number,
  above: readonly string[],
) {
  const named = getNamedType(type)
  if (!isCompositeType(named)) return name
  const path = [...above, parent.name]
  if (levels === 0 || path.includes(named.name)) return ''
  // Pages and their edges are no level of their own: what counts is how far one goes from row to row.
  const isWrapping = /(Connection|Edge|Feed|Event|PageInfo)$/.test(named.name)
  return `${name} ${wholeSelection(named, isWrapping ? levels : levels - 1, path)}`
}
