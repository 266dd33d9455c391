import { readFileSync } from 'node:fs'
import { buildSchema } from 'graphql'
import { expect, test } from 'vitest'
import { composedFiles } from '../../router/compose.ts'
import { findFeedFields } from '../../router/live/feed-fields.ts'
import { composeFixtures } from './fixtures/graph.ts'

test('every subscription of the graph has an owner and a query that replays it', () => {
  const schema = buildSchema(readFileSync(composedFiles.publicSchema, 'utf8'))
  const fields = findFeedFields(schema, readFileSync(composedFiles.supergraph, 'utf8'))
  expect([...fields.values()]).toEqual([
    { name: 'deadlines', owner: 'workflow', twin: 'deadlineFeed', eventType: 'DeadlineEvent' },
    { name: 'negativeReviews', owner: 'workflow', twin: 'negativeReviewFeed', eventType: 'NegativeReviewEvent' },
    { name: 'serviceCaseClosed', owner: 'cases', twin: 'serviceCaseClosedFeed', eventType: 'ServiceCaseClosedEvent' },
  ])
})

test('a subscription without such a query is refused at the start, by name', () => {
  const { publicSchemaText, supergraphText } = composeFixtures()
  const schema = buildSchema(publicSchemaText.replace(/negativeReviewFeed\(.*\n/, 'other: String\n'))
  expect(() => findFeedFields(schema, supergraphText)).toThrow('negativeReviews')
})
