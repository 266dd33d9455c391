import { contentHash } from '../../../subgraphs/evaluations/domain/content-hash.ts'
import { editionInForce, itemsOfLevel } from '../../../subgraphs/evaluations/domain/item-editions.ts'
import { receiptHashes, receiptNumberOf } from '../../../subgraphs/evaluations/domain/receipt-number.ts'
import { instantInId } from '../../../subgraphs/evaluations/domain/visibility.ts'
import type { CryptoPort } from '../../../subgraphs/shared/crypto/crypto-port.ts'
import type { SatisfactionLevel } from '../../../subgraphs/shared/policy/policy.ts'
import { namedIdAt } from '../named-id.ts'
import { type SeededRandom, seededRandom } from '../seeded-random.ts'
import { badTexts, goodTexts } from './rating-texts.ts'
import type { PastCase } from './service-cases.ts'

/** A rating (评价) of the past weeks. */
export type PastRating = {
  id: string
  pastCase: PastCase
  round: 1 | 2
  level: SatisfactionLevel
  /** EVALUATE_FORM: 3 QR code, 4 window device. */
  channel: 3 | 4
  identifiedBy: 'SCREEN_CODE' | 'PHONE_LAST_FOUR' | 'DEVICE'
  items: string[]
  text: string | null
  isPublic: boolean
  isAnonymous: boolean
  evaluatedAt: Date
}

const MINUTE_MS = 60_000
const SHARE_RATED = 0.66

/** First ratings of closed cases, all good; many people do not rate at all. Bad ones are told as stories. */
export function goodRating(pastCase: PastCase, now: Date): PastRating | null {
  const { closedAt, isValid, handlingKind } = pastCase
  const random = seededRandom(`rating ${pastCase.caseNumber}`)
  if (!closedAt || !isValid || !random.chance(SHARE_RATED)) return null
  const draw = random.below(1000)
  const level = draw < 885 ? 5 : draw < 980 ? 4 : 3
  // Whoever waited at the window rates there; whoever fetched a result later scans the receipt at home.
  const isOnTheSpot = handlingKind === 'INSTANT'
  const minutes = isOnTheSpot ? random.between(1, 4) : random.between(20, 600)
  const evaluatedAt = new Date(closedAt.getTime() + minutes * MINUTE_MS + random.below(60_000))
  if (evaluatedAt > now) return null
  const onDevice = isOnTheSpot && random.chance(0.6)
  const text = !onDevice && random.chance(0.12) ? random.pick(goodTexts) : null
  const isAnonymous = random.chance(0.06)
  return rating(pastCase, { round: 1, level, evaluatedAt, onDevice, isOnTheSpot, text, isAnonymous }, random)
}

/** A bad rating, given by the receipt's code. */
export function badRating(pastCase: PastCase, level: 1 | 2, evaluatedAt: Date, isAnonymous: boolean): PastRating {
  const random = seededRandom(`bad rating ${pastCase.caseNumber}`)
  const text = random.chance(0.8) ? random.pick(badTexts) : null
  const told = { round: 1, level, evaluatedAt, onDevice: false, isOnTheSpot: false, text, isAnonymous } as const
  return rating(pastCase, told, random)
}

/** The second rating (二次评价) after things were put right. */
export function secondRating({ pastCase, isAnonymous }: PastRating, evaluatedAt: Date): PastRating {
  const random = seededRandom(`second rating ${pastCase.caseNumber}`)
  const text = '已经联系我处理好了。'
  const told = { round: 2, level: 4, evaluatedAt, onDevice: false, isOnTheSpot: false, text, isAnonymous } as const
  return rating(pastCase, told, random)
}

type Told = Pick<PastRating, 'round' | 'level' | 'evaluatedAt' | 'text' | 'isAnonymous'> & {
  onDevice: boolean
  isOnTheSpot: boolean
}

function rating(pastCase: PastCase, { onDevice, isOnTheSpot, ...told }: Told, random: SeededRandom): PastRating {
  const { level, evaluatedAt, round, text, isAnonymous } = told
  const offered = itemsOfLevel(editionInForce(evaluatedAt)!, level).map(({ code }) => code)
  const isBad = level <= 2
  const count = isBad ? random.between(1, 3) : random.between(0, 3)
  return {
    id: namedIdAt(instantInId({ isAnonymous, evaluatedAt }), 'rating', `${pastCase.caseNumber} ${round}`),
    pastCase,
    channel: onDevice ? 4 : 3,
    identifiedBy: onDevice ? 'DEVICE' : isOnTheSpot ? 'SCREEN_CODE' : 'PHONE_LAST_FOUR',
    items: random.pickSeveral(offered, count),
    isPublic: text === null || !isBad || random.chance(0.7),
    ...told,
  }
}

/** One rating as the tables of the evaluations subgraph keep it. */
export function ratingRows(past: PastRating, crypto: CryptoPort) {
  const { id, pastCase, round, level, channel, identifiedBy, items, text, isPublic, isAnonymous, evaluatedAt } = past
  const { cityCode, regionPath, departmentId, lineId, hallId, windowId, staffMemberId, matterId } = pastCase
  const placement = { regionPath, departmentId, lineId, hallId, windowId, staffMemberId }
  const receiptKeyId = crypto.receiptMac.current
  const receiptNumber = receiptNumberOf(id, crypto.receiptMac, receiptKeyId)
  const content = contentHash({ level, items, text, isPublic, isAnonymous })
  const service = { caseId: pastCase.id, serviceNumber: 1, round }
  return {
    key: {
      cityCode,
      subjectId: pastCase.id,
      serviceNumber: 1,
      round,
      evaluationId: id,
      contentHash: content,
      receiptKeyId,
    },
    evaluation: {
      id,
      cityCode,
      ...service,
      level,
      channel,
      itemEdition: editionInForce(evaluatedAt)!.number,
      items,
      isPublic,
      isAnonymous,
      evaluatedAt,
      committedAt: evaluatedAt,
      matterId,
      ...placement,
    },
    text:
      text === null
        ? null
        : { evaluationId: id, cityCode, caseId: pastCase.id, body: text, isSuspectedPersonal: false, ...placement },
    person: { evaluationId: id, cityCode, identifiedBy, ...placement },
    receipt: { receiptHash: receiptHashes(receiptNumber, crypto.receiptMac)[0], evaluationId: id },
  }
}
