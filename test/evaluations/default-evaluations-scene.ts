import { keepReportedCase } from '../../subgraphs/evaluations/actions/keep-reported-case.ts'
import { createSubmissionKeeper } from '../../subgraphs/evaluations/actions/keep-submissions.ts'
import { makeDefaultEvaluations } from '../../subgraphs/evaluations/actions/make-default-evaluations.ts'
import { planDefaultEvaluations } from '../../subgraphs/evaluations/actions/plan-default-evaluation.ts'
import { type SilenceRules, silenceRules } from '../../subgraphs/evaluations/domain/silence-limit.ts'
import { calendarOf } from '../../subgraphs/shared/clock/calendar.ts'
import { calendarDaysFromChineseDays } from '../../subgraphs/shared/clock/calendar-from-chinese-days.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { openDatabase } from '../../subgraphs/shared/database.ts'
import type { StampedEvent } from '../../subgraphs/shared/events/event.ts'
import { serviceCaseReportedType } from '../../subgraphs/shared/events/service-case-reported.ts'
import type { SatisfactionLevel } from '../../subgraphs/shared/policy/policy.ts'
import { policyPresets } from '../../subgraphs/shared/policy/presets.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { createTestDatabase } from '../kit/test-database.ts'
import { closedCase, everything, type ReportedCase } from './evaluations-scene.ts'

export type DefaultsScene = Awaited<ReturnType<typeof openDefaultsScene>>

export const shanghai = (text: string) => new Date(`${text.replace(' ', 'T')}+08:00`)

/** What reports cases, rates them and sweeps on a database of its own, at whatever time the test says. */
export async function openDefaultsScene() {
  const server = await createTestDatabase()
  const database = await openDatabase({
    url: server.applicationUrl,
    entities: [],
    applicationName: 'test',
    poolSize: 12,
  })
  const clock = { now: shanghai('2026-03-02 10:00:00') }
  const crypto = createCrypto(generateSecretKeys())
  const keeper = createSubmissionKeeper({ database, crypto, now: () => clock.now })
  const calendar = calendarOf(calendarDaysFromChineseDays([2025, 2026]))
  const presets = silenceRules(policyPresets, () => calendar)

  return {
    server,
    database,
    clock,
    rules: presets,
    /** Where every rating of this scene is kept, whoever brings it. */
    submissions: keeper,
    rows: <Row extends object = Record<string, unknown>>(sql: string, parameters: unknown[] = []) =>
      database.inScope(everything, tx => tx.query<Row>(sql, parameters)),
    /** A case of Sanmenxia, closed at a time of Shanghai. */
    caseClosed: (closedAt: string, facts: Partial<ReportedCase> = {}): ReportedCase =>
      closedCase(shanghai(closedAt), {
        policyId: 'sanmenxia',
        acceptedAt: shanghai(closedAt).toISOString(),
        closedAt: shanghai(closedAt).toISOString(),
        ...facts,
      }),
    /** Keeps a case and plans its default, as the consumer of its fact does. */
    async report(reported: ReportedCase, rules: SilenceRules = presets) {
      const {
        regionPath,
        departmentId,
        lineId,
        hallId,
        windowId,
        staffMemberId,
        phoneLastFour: _,
        phone: __,
        ...payload
      } = reported
      const event: StampedEvent = {
        source: 'cases',
        epoch: 'test',
        position: 1,
        id: newId(),
        type: serviceCaseReportedType,
        feed: null,
        subjectId: reported.caseId,
        occurredAt: reported.reportedAt,
        placement: { regionPath, departmentId, lineId, hallId, windowId, staffMemberId },
        payload,
      }
      await database.inScope(everything, async tx => {
        await keepReportedCase(tx, event)
        await planDefaultEvaluations(rules)(tx, event)
      })
      return reported
    },
    /** Hands a rating in; KEPT, REPEATED or OTHER_CONTENT. */
    async rate(
      reported: ReportedCase,
      given: { level?: SatisfactionLevel; round?: 1 | 2; serviceNumber?: number } = {},
    ) {
      const { level = 5, round = 1, serviceNumber = 1 } = given
      const { caseId, cityCode, policyId, matterId } = reported
      const { regionPath, departmentId, lineId, hallId, windowId, staffMemberId } = reported
      const { outcome } = await keeper.add({
        subject: {
          ...{ subjectKind: 'CASE', subjectId: caseId, caseId, serviceNumber, cityCode, policyId, matterId },
          ...{ staticCodeId: null, terminalNumber: null, isProbe: reported.isProbe },
          placement: { regionPath, departmentId, lineId, hallId, windowId, staffMemberId },
        },
        draft: {
          ...{ channel: 'QR_CODE', round, level, isNegative: level <= 2, items: [], text: null, subRatings: null },
          ...{ isPublic: true, isAnonymous: false },
        },
        itemEdition: 2,
        rater: { identifiedBy: 'SCREEN_CODE', relation: 'APPLICANT', citizenId: null, contactPhone: null },
        pictures: [],
        givenAt: null,
        isAboutRectification: false,
      } as Parameters<typeof keeper.add>[0])
      return outcome
    },
    /** One pass of the sweep now; answers how many were made. */
    sweep: (chunk?: number) => makeDefaultEvaluations(database, () => clock.now, { chunk }),
    async stop() {
      await keeper.drain()
      await database.close()
      await server.drop()
    },
  }
}
