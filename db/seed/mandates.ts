import { insertMandate } from '../../subgraphs/cases/store/mandate-queries.ts'
import { addDays, shanghaiDay } from '../../subgraphs/shared/clock/shanghai-day.ts'
import type { CryptoPort } from '../../subgraphs/shared/crypto/crypto-port.ts'
import type { Transaction } from '../../subgraphs/shared/database.ts'
import { demoAccountId, demoAccountName } from './accounts.ts'
import { demoAgent, demoOrganisation } from './demo-people.ts'
import type { Directory } from './directory.ts'
import { namedIdAt } from './named-id.ts'

const DAY_MS = 24 * 3_600_000

/** Writes that the demo's agent may act for the demo's organisation (企业办事人授权): since a month, for a year. */
export async function insertMandates(
  transaction: Transaction,
  { mainHall }: Directory,
  crypto: CryptoPort,
  now: Date,
): Promise<void> {
  const recordedAt = new Date(now.getTime() - 30 * DAY_MS)
  const validFrom = shanghaiDay(recordedAt)
  await insertMandate(transaction, crypto, {
    id: namedIdAt(recordedAt, 'mandate', demoAgent.subject),
    agentName: demoAgent.name,
    agentDocumentNumber: demoAgent.documentNumber,
    organisationName: demoOrganisation.name,
    creditCode: demoOrganisation.documentNumber,
    validFrom,
    validUntil: addDays(validFrom, 365),
    evidence: '企业授权委托书（演示）第 1 号',
    recordedAt,
    recordedBy: { id: demoAccountId('city'), name: demoAccountName('city') },
    regionPath: mainHall.regionPath,
  })
}
