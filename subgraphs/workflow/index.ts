import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { startRelay } from '../../db/relay.ts'
import { keepCalendar } from '../shared/clock/kept-calendar.ts'
import { startConsumer } from '../shared/events/consumer.ts'
import { evaluationLinkedType } from '../shared/events/evaluation-linked.ts'
import { evaluationSubmittedType } from '../shared/events/evaluation-submitted.ts'
import { followLog } from '../shared/events/log-tail.ts'
import { createLocalSubgraph } from '../shared/local-subgraph.ts'
import type { SubgraphModule } from '../shared/module.ts'
import { policyPresets } from '../shared/policy/presets.ts'
import { keepLinkedCase } from './actions/keep-linked-case.ts'
import { openNegativeReview } from './actions/open-negative-review.ts'
import { startWaitingClocks } from './actions/start-waiting-clocks.ts'
import { sweepDeadlines } from './actions/sweep-deadlines.ts'
import { contextOf } from './context.ts'
import { resolvers } from './resolvers/index.ts'
import { DeadlineEntity } from './store/deadline.entity.ts'
import { NegativeReviewEntity } from './store/negative-review.entity.ts'

/** What follows a bad rating: its handling, its clocks, the wall's feed (差评处理, 时限). */
export const workflow: SubgraphModule = {
  name: 'workflow',
  port: 4003,
  entities: [NegativeReviewEntity, DeadlineEntity],
  async start({ database, bus, crypto, now, log, peer }) {
    const note = (line: string) => log.warn({ subgraph: 'workflow' }, line)
    const calendar = await keepCalendar({ cases: () => peer('cases'), bus, log: note })
    const relay = await startRelay({ source: 'workflow', database, bus, log: note })
    const tail = await followLog({ source: 'workflow', database, bus, log: note })
    const negatives = await startConsumer({
      name: 'negative-reviews',
      source: 'evaluations',
      owner: 'workflow',
      handlers: {
        [evaluationSubmittedType]: (transaction, event) =>
          openNegativeReview(transaction, event, {
            policies: policyPresets,
            calendar: calendar.current(),
            now: now(),
          }),
        [evaluationLinkedType]: keepLinkedCase,
      },
      database,
      bus,
      log: note,
    })
    const waiting = startWaitingClocks({ database, policies: policyPresets, calendar, now, log: note })
    const sweep = sweepDeadlines({ database, now, log: note })
    const subgraph = await createLocalSubgraph({
      name: 'workflow',
      typeDefs: parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8')),
      resolvers,
      contextFor: contextOf({
        database,
        crypto,
        tail,
        now,
        evaluations: () => peer('evaluations'),
        cases: () => peer('cases'),
      }),
      log,
    })
    return {
      ...subgraph,
      async stop() {
        await subgraph.stop()
        await Promise.all([calendar.stop(), waiting.stop(), sweep.stop(), negatives.stop(), tail.stop()])
        await relay.stop()
      },
    }
  },
}
