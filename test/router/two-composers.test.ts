import { readFileSync } from 'node:fs'
import { composeServices } from '@apollo/composition'
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition'
import { buildASTSchema, lexicographicSortSchema, parse, printSchema } from 'graphql'
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

test('the public graph shows nothing internal and every type and field of it is described', () => {
  const text = readFileSync(composedFiles.publicSchema, 'utf8')
  expect(text).not.toMatch(/identify|rateableCase|CaseUpload(Row|Rejection)|_entities|_service/)
})
