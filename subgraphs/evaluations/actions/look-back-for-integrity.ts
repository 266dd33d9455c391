import { addDays, startOfShanghaiDay, weekdayOf } from '../../shared/clock/shanghai-day.ts'
import type { Transaction } from '../../shared/database.ts'
import { channelNumbered } from '../domain/channel.ts'
import {
  integrityThresholds,
  judgeIdenticalSets,
  judgeNoNegatives,
  judgeOperatorShare,
} from '../domain/integrity-rules.ts'
import type { Finding } from '../domain/integrity-signal.ts'
import { tallyByOperator } from '../store/integrity-people-figures.ts'
import { commonestSets, unitsWithoutNegatives } from '../store/integrity-week-figures.ts'
import { callBacksOf, finding, monthOf } from './notice-integrity-signals.ts'

const limits = integrityThresholds

/** A finding, and for one without evidence the ratings that tell where it lies. */
export type PlacedFinding = { found: Finding; placedBy?: string[] }

/** What shows only over a week or a month (周、月回看), once a day, up to the end of yesterday. Writes nothing. */
export async function lookBackForIntegrity(tx: Transaction, today: string): Promise<PlacedFinding[]> {
  const yesterday = addDays(today, -1)
  const month = monthOf(yesterday)
  const found = [
    ...(await identicalSets(tx, yesterday)),
    ...(await operatorShares(tx, yesterday)),
    ...(await callBacksOf(tx, null, month)),
  ].map(each => ({ found: each }))
  return [...found, ...(await vanishedNegatives(tx, yesterday))]
}

/** Monday of the week of a day. */
function mondayOf(day: string): string {
  return addDays(day, -((weekdayOf(day) + 6) % 7))
}

async function identicalSets(tx: Transaction, yesterday: string): Promise<Finding[]> {
  const monday = mondayOf(yesterday)
  const span = { from: startOfShanghaiDay(monday), until: startOfShanghaiDay(addDays(yesterday, 1)) }
  const figures = await commonestSets(tx, span, limits.identicalRatings)
  return figures.flatMap(each =>
    finding('IDENTICAL_SETS', { kind: 'WINDOW', key: each.subject }, monday, each, judgeIdenticalSets(each)),
  )
}

/** Hotline and invitation apart: who rings up and who is called rate differently. */
async function operatorShares(tx: Transaction, yesterday: string): Promise<Finding[]> {
  const month = monthOf(yesterday)
  const tallies = await tallyByOperator(tx, month)
  return tallies.flatMap(own => {
    const others = tallies.filter(({ subject, source }) => source === own.source && subject !== own.subject)
    const sum = {
      ratings: others.reduce((total, { ratings }) => total + ratings, 0),
      fives: others.reduce((total, { fives }) => total + fives, 0),
    }
    const { operatorName, source } = own
    const subject = { kind: 'OPERATOR', key: own.subject } as const
    const period = `${month.name}/${source}`
    return finding('OPERATOR_SHARE', subject, period, own, judgeOperatorShare(own, sum), { operatorName })
  })
}

/** No rating is suspected by it: what is missing are the bad ones. */
async function vanishedNegatives(tx: Transaction, yesterday: string): Promise<PlacedFinding[]> {
  const until = startOfShanghaiDay(addDays(yesterday, 1))
  const firstDay = addDays(yesterday, -6)
  const span = { from: startOfShanghaiDay(firstDay), until }
  const before = {
    since: startOfShanghaiDay(addDays(firstDay, -limits.noNegativesHistoryDays)),
    least: limits.noNegativesHistoryRatings,
  }
  const found: PlacedFinding[] = []
  for (const [column, kind] of [
    ['hall_id', 'HALL'],
    ['department_id', 'DEPARTMENT'],
  ] as const) {
    for (const { ids, ...each } of await unitsWithoutNegatives(tx, column, span, before)) {
      const channel = channelNumbered(each.channel)
      const period = `${mondayOf(yesterday)}/${channel}`
      const verdict = judgeNoNegatives(each)
      const none = { ids: [], ...span }
      for (const one of finding('NO_NEGATIVES', { kind, key: each.subject }, period, none, verdict, { channel })) {
        found.push({ found: one, placedBy: ids })
      }
    }
  }
  return found
}
