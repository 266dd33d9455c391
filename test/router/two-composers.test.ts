import { readFileSync } from 'node:fs'
import { composeServices } from '@apollo/composition'
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition'
import {
  buildASTSchema,
  buildSchema,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  lexicographicSortSchema,
  parse,
  printSchema,
} from 'graphql'
import { expect, test } from 'vitest'
import { composedFiles, composeSupergraph, readSubgraphs } from '../../router/compose.ts'

const publicText = (supergraph: string) =>
  printSchema(lexicographicSortSchema(buildASTSchema(transformSupergraphToPublicSchema(parse(supergraph)))))

test('Apollo’s own composer takes the four schemas and comes to the same public graph', () => {
  const theirs = composeServices(readSubgraphs())
  expect(theirs.errors ?? []).toEqual([])
  expect(publicText(theirs.supergraphSdl!)).toBe(publicText(composeSupergraph().supergraph))
})

test('what is committed is what the four schemas compose to', () => {
  const composed = composeSupergraph()
  expect(readFileSync(composedFiles.supergraph, 'utf8')).toBe(composed.supergraph)
  expect(readFileSync(composedFiles.publicSchema, 'utf8')).toBe(composed.publicSchema)
})

test('the public graph shows nothing internal', () => {
  const text = readFileSync(composedFiles.publicSchema, 'utf8')
  expect(text).not.toMatch(/identify|rateableCase|CaseUpload(Row|Rejection)|_entities|_service/)
})

test('every type, field and value of the public graph says what it is', () => {
  const schema = buildSchema(readFileSync(composedFiles.publicSchema, 'utf8'))
  const unnamed = Object.values(schema.getTypeMap())
    .filter(type => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap(type => [
      ...(type.description || rootTypes.includes(type.name) ? [] : [type.name]),
      ...membersOf(type)
        .filter(({ description }) => !description)
        .map(({ name }) => `${type.name}.${name}`),
    ])
  expect(unnamed).toEqual([])
})

const rootTypes = ['Query', 'Mutation', 'Subscription']

function membersOf(type: GraphQLNamedType): readonly { name: string; description?: string | null }[] {
  if (isEnumType(type)) return type.getValues()
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? Object.values(type.getFields()) : []
}
