import { WebSocket } from 'ws'
import type { HubUnderTest } from '../harness/hub-under-test.ts'
import type { ScreenAsk } from '../harness/screen.ts'
import { badRating, prepareBadRatings, type RatingGiver } from './bad-rating.ts'

/** Has one event happen in the hub and answers it as a wall gets it. */
export async function learnSample(
  hub: HubUnderTest,
  { query, variables, authorization }: ScreenAsk,
  giver: RatingGiver,
): Promise<Record<string, unknown>> {
  await prepareBadRatings(giver, 1)
  const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const sample = Promise.withResolvers<Record<string, unknown>>()
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${authorization}` } })),
  )
  socket.on('message', text => {
    const { type, payload } = JSON.parse(String(text))
    if (type === 'connection_ack') {
      socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables } }))
      // Subscribing has no acknowledgement; a second is ample for one screen.
      setTimeout(() => badRating(giver).catch(sample.reject), 1_000)
    }
    if (type === 'error') sample.reject(new Error(`the wall was refused: ${text}`))
    if (type === 'next' && payload.data.negativeReviews.kind !== 'HEARTBEAT')
      sample.resolve(payload.data.negativeReviews)
  })
  socket.on('error', sample.reject)
  try {
    return await sample.promise
  } finally {
    socket.close()
  }
}
