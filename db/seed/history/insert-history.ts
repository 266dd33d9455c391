import type { CryptoPort } from '../../../subgraphs/shared/crypto/crypto-port.ts'
import type { Transaction } from '../../../subgraphs/shared/database.ts'
import type { History } from '../history.ts'
import { insertRows, insertWholeRows } from '../insert-rows.ts'
import { applicantRow } from './applicant-rows.ts'
import { ratingRows } from './ratings.ts'
import { reviewRows } from './reviews.ts'
import type { PastCase } from './service-cases.ts'

const placement = ['regionPath', 'departmentId', 'lineId', 'hallId', 'windowId', 'staffMemberId'] as const

/**
 * Writes a history into the tables of all four subgraphs, projections included. No facts are recorded: what happened
 * before the hub was there is nobody's news, and the consumers begin with the first thing that happens in it.
 */
export async function insertHistory(transaction: Transaction, history: History, crypto: CryptoPort): Promise<void> {
  await insertCases(transaction, history.cases, crypto)
  await insertRatings(transaction, history, crypto)
  await insertReviews(transaction, history)
  await insertLinks(transaction, history)
}

async function insertCases(transaction: Transaction, cases: readonly PastCase[], crypto: CryptoPort): Promise<void> {
  const keys = cases.map(({ id: caseId, cityCode, caseNumber, dataVersion }) => {
    return { cityCode, caseNumber, caseId, dataVersion }
  })
  await insertRows(transaction, 'cases.case_keys', ['cityCode', 'caseNumber', 'caseId', 'dataVersion'], keys)
  await insertRows(
    transaction,
    'cases.service_cases',
    [
      ...([
        'id',
        'cityCode',
        'caseNumber',
        'dataVersion',
        'state',
        'handlingKind',
        'isValid',
        'outcome',
        'regionId',
      ] as const),
      ...placement,
      ...(['matterId', 'taskItemCode', 'queueNumber', 'title', 'acceptedAt', 'promisedAt', 'legalLimitAt'] as const),
      ...(['closedAt', 'sourceSystem', 'reportedAt', 'updatedAt'] as const),
    ],
    cases,
  )
  const applicants = cases.map(pastCase => applicantRow(pastCase, crypto))
  await insertWholeRows(transaction, 'cases.case_applicants', applicants)
  const rateable = cases.map((pastCase, i) => rateableCase(pastCase, applicants[i]!.phoneLastFourHash))
  await insertWholeRows(transaction, 'evaluations.rateable_cases', rateable)
}

function rateableCase(pastCase: PastCase, phoneLastFourHash: string | null) {
  const { id, cityCode, caseNumber, dataVersion, isValid, state, acceptedAt, closedAt, reportedAt } = pastCase
  const { hall, window, staffMember, matter, windowId, outcome, promisedAt, legalLimitAt } = pastCase
  const isAtWindow = windowId !== null
  return {
    caseId: id,
    cityCode,
    caseNumber,
    dataVersion,
    isValid,
    state,
    acceptedAt,
    closedAt,
    reportedAt,
    policyId: hall.region.policyId,
    matterId: matter.id,
    matterName: matter.name,
    departmentName: window.department.name,
    hallName: isAtWindow ? hall.name : null,
    windowNumber: isAtWindow ? window.number : null,
    staffNumber: isAtWindow ? staffMember.staffNumber : null,
    staffName: isAtWindow ? staffMember.name : null,
    phoneLastFourHash,
    outcome,
    promisedAt,
    legalLimitAt,
    hasFees: matter.hasFees,
    involvesIntermediary: matter.involvesIntermediary,
    isProbe: false,
    regionPath: pastCase.regionPath,
    departmentId: pastCase.departmentId,
    lineId: pastCase.lineId,
    hallId: pastCase.hallId,
    windowId,
    staffMemberId: pastCase.staffMemberId,
  }
}

async function insertRatings(transaction: Transaction, { ratings }: History, crypto: CryptoPort): Promise<void> {
  const rows = ratings.map(rating => ratingRows(rating, crypto))
  const texts = rows.map(({ text }) => text).filter(text => text !== null)
  await insertWholeRows(
    transaction,
    'evaluations.evaluation_keys',
    rows.map(({ key }) => key),
  )
  await insertWholeRows(
    transaction,
    'evaluations.evaluations',
    rows.map(({ evaluation }) => evaluation),
  )
  await insertWholeRows(transaction, 'evaluations.evaluation_texts', texts)
  await insertWholeRows(
    transaction,
    'evaluations.evaluation_people',
    rows.map(({ person }) => person),
  )
  await insertWholeRows(
    transaction,
    'evaluations.evaluation_receipts',
    rows.map(({ receipt }) => receipt),
  )
}

async function insertReviews(transaction: Transaction, { told, times }: History): Promise<void> {
  const rows = told.map(({ story, rating }) => reviewRows(story, rating, times))
  await insertWholeRows(
    transaction,
    'workflow.negative_reviews',
    rows.map(({ review }) => review),
  )
  await insertWholeRows(
    transaction,
    'workflow.deadlines',
    rows.flatMap(({ deadlines }) => deadlines),
  )
}

async function insertLinks(transaction: Transaction, { links, cases }: History): Promise<void> {
  const bySystem = Map.groupBy(cases, ({ sourceSystem }) => sourceSystem)
  const rows = links.map(link => {
    const own = bySystem.get(link.sourceSystem) ?? []
    const last = Math.max(...own.map(({ updatedAt }) => updatedAt.getTime()))
    return { ...link, lastCaseAt: own.length === 0 ? null : new Date(last), caseCount: own.length }
  })
  await insertWholeRows(transaction, 'exchange.links', rows)
  const origins = cases.map(({ id: caseId, sourceSystem }) => ({ caseId, sourceSystem }))
  await insertWholeRows(transaction, 'exchange.case_origins', origins)
}
