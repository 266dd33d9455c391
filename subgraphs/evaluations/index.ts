import { readFileSync } from 'node:fs'
import { parse } from 'graphql'
import { startRelay } from '../../db/relay.ts'
import { type KeptCalendar, keepCalendar } from '../shared/clock/kept-calendar.ts'
import { startConsumer } from '../shared/events/consumer.ts'
import { evaluationSubmittedType } from '../shared/events/evaluation-submitted.ts'
import { serviceCaseReportedType } from '../shared/events/service-case-reported.ts'
import { createLocalSubgraph } from '../shared/local-subgraph.ts'
import type { SubgraphDependencies, SubgraphModule } from '../shared/module.ts'
import { policyPresets } from '../shared/policy/presets.ts'
import { sweepSilentUploads } from '../shared/uploads/sweep-silent-uploads.ts'
import { evaluationUploadTables } from './actions/evaluation-uploads.ts'
import { followRatingsForPhone } from './actions/follow-ratings-for-phone.ts'
import { keepReportedCase } from './actions/keep-reported-case.ts'
import { createSubmissionKeeper } from './actions/keep-submissions.ts'
import { planDefaultEvaluations } from './actions/plan-default-evaluation.ts'
import { planPhoneInvitation } from './actions/plan-phone-invitation.ts'
import { planSmsInvitations } from './actions/plan-sms-invitation.ts'
import { sweepDefaultEvaluations } from './actions/sweep-default-evaluations.ts'
import { sweepIntegrity } from './actions/sweep-integrity.ts'
import { sweepPhoneRatings } from './actions/sweep-phone-ratings.ts'
import { sweepPictures } from './actions/sweep-pictures.ts'
import { sweepSmsInvitations } from './actions/sweep-sms-invitations.ts'
import type { EvaluationsContext, EvaluationsServices } from './context.ts'
import { silenceRules } from './domain/silence-limit.ts'
import { openPictureStore } from './pictures/open-picture-store.ts'
import type { PictureStore } from './pictures/picture-store.ts'
import { createTurns } from './pictures/turns.ts'
import { resolvers } from './resolvers/index.ts'
import { createScanCounter } from './store/code-scans.ts'
import { createDefaultEvaluationLoader } from './store/default-evaluation-loader.ts'
import { createVisibleDevices } from './store/device-visibility.ts'
import { EvaluationEntity } from './store/evaluation.entity.ts'
import { EvaluationTextEntity } from './store/evaluation-text.entity.ts'
import { createKnownCaseLoader } from './store/known-case-loader.ts'
import { createStaticCodeReader } from './store/known-static-code.ts'
import { createLoaders } from './store/loaders.ts'
import { createPhoneSearches } from './store/phone-searches.ts'
import { createProofAttempts } from './store/proof-attempts.ts'
import { createRatedServiceReader } from './store/rated-service.ts'
import { createSmsInvitationLoader } from './store/sms-invitation-loader.ts'
import { createStaticCodeLoaders } from './store/static-code-loaders.ts'

/** Rating codes and ratings: how a citizen says what he thinks of a service, once and for good (评价码, 评价). */
export const evaluations: SubgraphModule = {
  name: 'evaluations',
  port: 4002,
  entities: [EvaluationEntity, EvaluationTextEntity],
  async start(dependencies) {
    const { database, bus, log } = dependencies
    const note = (line: string) => log.warn({ subgraph: 'evaluations' }, line)
    const pictureStore = await openPictureStore(dependencies.picturesUrl, dependencies.now())
    const calendar = await keepCalendar({ cases: () => dependencies.peer('cases'), bus, log: note })
    const services = servicesOf(dependencies, pictureStore, calendar)
    const relay = await startRelay({ source: 'evaluations', database, bus, log: note })
    const planInvitation = planSmsInvitations(dependencies)
    const silence = silenceRules(policyPresets, calendar.current)
    const planDefault = planDefaultEvaluations(silence)
    const planPhone = planPhoneInvitation(services)
    const reportedCases = await startConsumer({
      name: 'rateable-cases',
      source: 'cases',
      owner: 'evaluations',
      handlers: {
        [serviceCaseReportedType]: async (transaction, event) => {
          await keepReportedCase(transaction, event)
          await planInvitation(transaction, event)
          await planDefault(transaction, event)
          await planPhone(transaction, event)
        },
      },
      database,
      bus,
      log: note,
    })
    const ownRatings = await startConsumer({
      name: 'phone-ratings',
      source: 'evaluations',
      owner: 'evaluations',
      handlers: { [evaluationSubmittedType]: followRatingsForPhone(services) },
      database,
      bus,
      log: note,
    })
    const phone = sweepPhoneRatings(services)
    const pictures = sweepPictures({ database, store: pictureStore, now: services.now, log: note })
    const uploads = sweepSilentUploads({ database, now: services.now, tables: evaluationUploadTables, log: note })
    const invitations = sweepSmsInvitations({ ...dependencies, exchange: () => dependencies.peer('exchange') })
    const defaults = sweepDefaultEvaluations({ database, rules: silence, now: services.now, log: note })
    const integrity = sweepIntegrity({ database, crypto: services.crypto, now: services.now, log: note })
    calendar.onChange(defaults.recount)
    const subgraph = await createLocalSubgraph<EvaluationsContext>({
      name: 'evaluations',
      typeDefs: parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')),
      resolvers,
      contextFor: viewer => ({
        ...services,
        viewer,
        loaders: {
          ...createLoaders(database, viewer),
          ...createStaticCodeLoaders(database, viewer, services.now),
          ...createKnownCaseLoader(database, viewer),
          ...createDefaultEvaluationLoader(database, viewer),
          ...createSmsInvitationLoader(database, viewer),
        },
        visibleDevices: createVisibleDevices(services.cases, viewer),
      }),
      log,
    })
    return {
      ...subgraph,
      async stop() {
        await subgraph.stop()
        await services.submissions.drain()
        await services.scans.stop()
        await integrity.stop()
        await Promise.all([ownRatings.stop(), phone.stop()])
        await Promise.all([
          reportedCases.stop(),
          pictures.stop(),
          invitations.stop(),
          uploads.stop(),
          calendar.stop(),
          defaults.stop(),
        ])
        await relay.stop()
      },
    }
  },
}

function servicesOf(
  { database, crypto, now, log, publicUrl, peer }: SubgraphDependencies,
  pictureStore: PictureStore,
  calendar: KeptCalendar,
): EvaluationsServices {
  return {
    database,
    crypto,
    now,
    log,
    publicUrl,
    cases: () => peer('cases'),
    exchange: () => peer('exchange'),
    ratedServices: createRatedServiceReader(database),
    staticCodes: createStaticCodeReader(database),
    submissions: createSubmissionKeeper({ database, crypto, now }),
    pictureStore,
    proofAttempts: createProofAttempts(now),
    scans: createScanCounter({ database, now }),
    calendar: day => calendar.current()(day),
    phoneSearches: createPhoneSearches(now),
    deviceTurns: createTurns({ atOnce: 2, mostWaiting: 1000 }),
    uploadTurns: createTurns({ atOnce: 2, mostWaiting: 100 }),
  }
}
