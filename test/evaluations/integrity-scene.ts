import { recordEvents } from '../../db/outbox.ts'
import { startRelay } from '../../db/relay.ts'
import { evaluationSubmitted } from '../../subgraphs/evaluations/events.ts'
import { evaluations } from '../../subgraphs/evaluations/index.ts'
import { insertRatings, type RatingRow } from '../../subgraphs/evaluations/store/rating-rows.ts'
import { createMemoryBus } from '../../subgraphs/shared/bus/memory-bus.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { type Database, openDatabase } from '../../subgraphs/shared/database.ts'
import type { NewEvent } from '../../subgraphs/shared/events/event.ts'
import { newId } from '../../subgraphs/shared/uuid.ts'
import { regionPaths, smallDirectory } from '../kit/small-directory.ts'
import { createTestDatabase } from '../kit/test-database.ts'
import { waitFor } from '../kit/wait-for.ts'

const everything = { reach: 'EVERYTHING', name: 'seed' } as const
const { departments, halls, windows, staff, matters } = smallDirectory
let serial = 0

/** A case with its applicant's last four digits, as ratings know it. */
export type KnownFacts = { closedAt?: Date; lastFour?: string; policyId?: string; promisedAt?: Date }

/** A rating at window A01 by 林晓禾 of city A; level 5 by the window's QR code unless told otherwise. */
export function ratingAt(at: Date, changes: Partial<RatingRow> = {}): RatingRow {
  serial += 1
  const caseId = newId(at.getTime())
  return {
    id: newId(at.getTime()),
    city_code: '410100',
    subject_id: caseId,
    case_id: caseId,
    subject_kind: 'CASE',
    service_number: 1,
    round: 1,
    level: 5,
    channel: 3,
    item_edition: 1,
    items: [],
    is_public: true,
    is_anonymous: false,
    evaluated_at: at,
    committed_at: at,
    matter_id: matters.pensionA,
    is_about_rectification: false,
    is_probe: false,
    content_hash: `hash ${serial}`,
    receipt_key_id: 'test',
    receipt_hash: `receipt ${serial} ${caseId}`,
    identified_by: 'SCREEN_CODE',
    relation: 'APPLICANT',
    body: null,
    is_suspected_personal: false,
    region_path: regionPaths.cityA,
    department_id: departments.socialSecurityA,
    line_id: null,
    hall_id: halls.hallA,
    window_id: windows.a01,
    staff_member_id: staff.socialSecurityA,
    ...changes,
  }
}

/** The place of city B's window. */
export const inCityB: Partial<RatingRow> = {
  city_code: '410200',
  region_path: regionPaths.cityB,
  department_id: departments.socialSecurityB,
  hall_id: halls.hallB,
  window_id: windows.b01,
  staff_member_id: staff.socialSecurityB,
}

/** Commits ratings with their facts, and their cases where something is known of them. */
export async function addRatings(database: Database, rows: readonly RatingRow[], known: KnownFacts = {}) {
  await database.inScope(everything, async tx => {
    await insertRatings(tx, rows)
    const facts = { channel: 'QR_CODE', isNegative: false, policyId: 'henan' } as const
    await recordEvents(
      tx,
      'evaluations',
      rows.map(row => evaluationSubmitted(row, facts)),
    )
    const { closedAt = null, lastFour = null, policyId = 'henan', promisedAt = null } = known
    await tx.query(
      `insert into evaluations.rateable_cases (case_id, city_code, case_number, data_version, is_valid, state, closed_at, reported_at, policy_id,
         matter_id, matter_name, department_name, phone_last_four_hash, promised_at, region_path, department_id)
       select id, '410100', 'C' || id, 1, true, 'CLOSED', coalesce($2, now()), now(), $4, $5, '示例事项', '示例部门', $3, $6, path, $7
       from unnest($1::uuid[], $8::text[]) as c (id, path) where id is not null on conflict do nothing`,
      [
        rows.map(row => row.case_id),
        closedAt,
        lastFour,
        policyId,
        matters.pensionA,
        promisedAt,
        departments.socialSecurityA,
        rows.map(row => row.region_path),
      ],
    )
  })
  await stamped(database)
}

/** Commits facts of the evaluations subgraph. */
export async function recordFacts(database: Database, facts: NewEvent[]) {
  await database.inScope(everything, tx => recordEvents(tx, 'evaluations', facts))
  await stamped(database)
}

async function stamped(database: Database) {
  await waitFor(
    async () =>
      (
        await database.inScope(everything, tx =>
          tx.query('select from evaluations.outbox where position is null limit 1'),
        )
      ).length === 0,
    'positions of the facts',
  )
}

export type IntegrityScene = Awaited<ReturnType<typeof openIntegrityScene>>

/** The tables of the evaluations subgraph with its relay, nobody sweeping; 2026-11-20 10:00 in Shanghai. */
export async function openIntegrityScene() {
  const server = await createTestDatabase()
  const open = () =>
    openDatabase({ url: server.applicationUrl, entities: evaluations.entities, applicationName: 'test-integrity' })
  const database = await open()
  const relay = await startRelay({ source: 'evaluations', database, bus: createMemoryBus(), log: () => {} })
  return {
    database,
    /** A second copy's connections. */
    open,
    crypto: createCrypto(generateSecretKeys()),
    now: () => new Date('2026-11-20T02:00:00.000Z'),
    rows: <Row extends object>(sql: string, parameters: unknown[] = []) =>
      database.inScope(everything, tx => tx.query<Row>(sql, parameters)),
    async stop() {
      await relay.stop()
      await database.close()
      await server.drop()
    },
  }
}

/** So many ratings, one every so many seconds, from an instant on. */
export function series(count: number, from: Date, seconds: number, changes: Partial<RatingRow> = {}): RatingRow[] {
  return Array.from({ length: count }, (_, index) =>
    ratingAt(new Date(from.getTime() + index * seconds * 1000), changes),
  )
}
