import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identifyCitizen } from '../../subgraphs/cases/actions/identify-citizen.ts'
import type { CaseReportRow } from '../../subgraphs/cases/domain/case-report.ts'
import { credentialHash } from '../../subgraphs/cases/domain/credential.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { generateSecretKeys } from '../../subgraphs/shared/crypto/secret-keys.ts'
import { identityCheckCharacter } from '../../subgraphs/shared/people/identity-number.ts'
import { anonymousViewer, systemViewer, type Viewer } from '../../subgraphs/shared/viewer.ts'
import { caseRow, inventedCreditCode, inventedIdentityNumber } from '../kit/case-rows.ts'
import { type CasesScene, openCasesScene } from '../kit/cases-subgraph.ts'
import { accountViewer, clientViewer } from '../kit/small-directory.ts'

const inventedNumber = (body: string) => body + identityCheckCharacter(body)
const agentDocument = inventedNumber('99999919880808001')
const phone = '13800000001'
const start = new Date('2026-11-20T02:00:00.000Z')

const citizen = {
  issuer: 'https://id.example',
  subject: 'citizen',
  name: '苏小满',
  documentNumber: inventedIdentityNumber,
}
const agent = { issuer: 'https://id.example', subject: 'agent', name: '林知遥', documentNumber: agentDocument }
const mandateInput = {
  agentName: '林知遥',
  agentDocumentNumber: agentDocument,
  organisationName: '甲州示例有限公司',
  creditCode: inventedCreditCode,
  validFrom: '2026-11-20',
  validUntil: '2026-12-31',
  evidence: '授权书 2026-15 号',
}

const keys = generateSecretKeys()
let scene: CasesScene
/** Ids of the reported cases, by what they are about. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  scene = await openCasesScene({ crypto: createCrypto(keys) })
  const firm = { applicantKind: '2', applicantName: '甲州示例有限公司', documentNumber: inventedCreditCode }
  const rows: Record<string, CaseReportRow> = {
    own: caseRow(1, { contactPhone: '' }),
    ownTyped: caseRow(2, {
      documentNumber: ` ${inventedIdentityNumber.slice(0, 6)} ${inventedIdentityNumber.slice(6)}`,
    }),
    firm: caseRow(3, { ...firm, contactPhone: phone }),
    agentsOwn: caseRow(4, { documentNumber: agentDocument }),
    byPhone: caseRow(5, { documentNumber: '', contactPhone: phone }),
    passport: caseRow(6, { documentKind: '414', documentNumber: 'E0000001' }),
  }
  const { reportCases } = await scene.ask<{ reportCases: { results: { serviceCase: { id: string } }[] } }>(
    clientViewer('windowSystem'),
    `mutation ($cases: [CaseReportInput!]!) { reportCases(input: { cases: $cases }) {
       ... on ReportCasesSuccess { results { serviceCase { id } problems { path code } } } } }`,
    { cases: Object.values(rows) },
  )
  for (const [index, name] of Object.keys(rows).entries()) ids[name] = reportCases.results[index]!.serviceCase.id
})
afterAll(() => scene.stop())
beforeEach(() => {
  scene.clock.now = start
})

type Opened = { token: string; expiresAt: string; isNew: boolean }
const open = async (input: Record<string, unknown>): Promise<Opened> => {
  const { openCitizenSession } = await scene.ask<{ openCitizenSession: string }>(
    systemViewer('citizen'),
    'mutation ($input: CitizenIdentityInput!) { openCitizenSession(input: $input) }',
    { input },
  )
  return JSON.parse(openCitizenSession)
}

const identify = async (credential: string) => {
  const { identify } = await scene.ask<{ identify: string | null }>(
    systemViewer('door'),
    'query ($credential: String!) { identify(credential: $credential) }',
    { credential },
  )
  return identify ? (JSON.parse(identify) as Viewer) : null
}
const signedIn = async (input: Record<string, unknown>) => (await identify((await open(input)).token))!
const casesOf = ({ scope }: Viewer) => (scope.reach === 'CASES' ? [...scope.caseIds].sort() : scope.reach)
const sorted = (...names: string[]) => names.map(name => ids[name]!).sort()

type Mandate = { id: string; evidence: string; maskedAgent: string; maskedCreditCode: string; revokedAt: string | null }
type Recorded = { __typename: string; mandate: Mandate; problems?: { path: string; code: string }[] }

const recordMandate = async (changes: object = {}, viewer = accountViewer('city')): Promise<Recorded> => {
  const { recordAgentMandate } = await scene.ask<{ recordAgentMandate: Recorded }>(
    viewer,
    `mutation ($input: RecordAgentMandateInput!) { recordAgentMandate(input: $input) { __typename
       ... on RecordAgentMandateSuccess { mandate { id organisationName maskedCreditCode maskedAgent validFrom validUntil evidence recordedAt revokedAt } }
       ... on InvalidInput { problems { path code message messageEnglish } } ... on NotPermitted { code } } }`,
    { input: { ...mandateInput, ...changes } },
  )
  return recordAgentMandate
}
const revoke = async (id: string, viewer = accountViewer('city')) => {
  const { revokeAgentMandate } = await scene.ask<{ revokeAgentMandate: Recorded & { code?: string } }>(
    viewer,
    `mutation ($id: ID!) { revokeAgentMandate(input: { id: $id }) { __typename
       ... on RevokeAgentMandateSuccess { mandate { id revokedAt } } ... on UserError { code } } }`,
    { id },
  )
  return revokeAgentMandate
}
const actFor = async (viewer: Viewer, mandateId: string | null) => {
  const { actFor } = await scene.ask<{ actFor: Record<string, unknown> }>(
    viewer,
    `mutation ($mandateId: ID) { actFor(input: { mandateId: $mandateId }) { __typename
       ... on ActForSuccess { viewer { role actingFor { organisationName } mandates { id } region { code } } }
       ... on UserError { code } } }`,
    { mandateId },
  )
  return actFor
}
const pageOfMandates = (viewer: Viewer, given = '') =>
  scene
    .ask<{ agentMandates: { edges: { node: Mandate }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } }>(
      viewer,
      `{ agentMandates${given} { edges { node { id revokedAt } } pageInfo { endCursor hasNextPage } } }`,
    )
    .then(({ agentMandates }) => agentMandates)
const mandateIds = async (viewer: Viewer) => (await pageOfMandates(viewer)).edges.map(({ node }) => node.id)

describe('who signs in at an identity provider', () => {
  test('gets a session of two hours and sees the cases of his document, however it was typed', async () => {
    const session = await open({ ...citizen, phone })
    expect(session).toEqual({
      token: expect.stringMatching(/^hub_z_[A-Za-z0-9_-]{43}$/),
      expiresAt: '2026-11-20T04:00:00.000Z',
      isNew: true,
    })
    const viewer = (await identify(session.token))!
    expect(viewer).toEqual({
      id: expect.any(String),
      kind: 'CITIZEN',
      role: 'CITIZEN',
      name: '苏**',
      scope: { reach: 'CASES', caseIds: expect.any(Array) },
      sessionId: expect.any(String),
      expiresAt: Date.parse('2026-11-20T04:00:00Z') / 1_000,
    })
    expect(casesOf(viewer)).toEqual(sorted('own', 'ownTyped'))
    const { serviceCases, foreign } = await scene.ask(
      viewer,
      `{ serviceCases { edges { node { id applicant { maskedName } staffMember { id } matter { name } } } }
         foreign: serviceCase(id: "${ids.firm}") { id } }`,
    )
    const rows = (serviceCases as { edges: { node: { id: string; matter: object } }[] }).edges.map(({ node }) => node)
    expect(rows.map(({ id }) => id).sort()).toEqual(sorted('own', 'ownTyped'))
    expect(rows[0]).toMatchObject({ applicant: null, matter: { name: '养老保险待遇核定' } })
    expect(foreign).toBeNull()
    expect(
      await scene.ask(viewer, '{ viewer { role region { code } hall { id } actingFor { id } mandates { id } } }'),
    ).toEqual({
      viewer: { role: 'CITIZEN', region: null, hall: null, actingFor: null, mandates: [] },
    })
  })

  test('is the same person the next time, with what the provider says now', async () => {
    const person = { ...citizen, subject: 'returning' }
    const first = await open({ ...person, documentNumber: null })
    const before = (await identify(first.token))!
    expect(casesOf(before)).toEqual([])
    const second = await open(person)
    expect(second.isNew).toBe(false)
    const after = (await identify(second.token))!
    expect(after.id).toBe(before.id)
    expect(after.sessionId).not.toBe(before.sessionId)
    expect(casesOf((await identify(first.token))!)).toEqual(sorted('own', 'ownTyped'))
    expect((await signedIn({ ...person, issuer: 'https://other.example' })).id).not.toBe(before.id)
  })

  test('without a document sees the cases of persons with his phone, but none of a firm', async () => {
    const person = { issuer: 'x', subject: 'phone', name: '何安', phone: '+86 138 0000 0001' }
    expect(casesOf(await signedIn(person))).toEqual(sorted('byPhone'))
    expect(casesOf(await signedIn({ ...person, subject: 'none', phone: 'unknown' }))).toEqual([])
  })

  test('may have a passport', async () => {
    const person = { issuer: 'x', subject: 'passport', name: 'Ann', documentNumber: 'e0000001' }
    expect(casesOf(await signedIn(person))).toEqual(sorted('passport'))
  })

  test('his session ends after two hours, and when he signs out', async () => {
    const { token } = await open(citizen)
    scene.clock.now = new Date(start.getTime() + 2 * 3_600_000 - 1)
    const viewer = (await identify(token))!
    expect(viewer).not.toBeNull()
    const signOut = 'mutation { signOut { ... on SignOutSuccess { signedOut } } }'
    expect(await scene.ask(viewer, signOut)).toEqual({ signOut: { signedOut: true } })
    expect(await identify(token)).toBeNull()
    const other = await open(citizen)
    scene.clock.now = new Date(scene.clock.now.getTime() + 2 * 3_600_000)
    expect(await identify(other.token)).toBeNull()
    expect(await actFor(viewer, null)).toMatchObject({ code: 'NOT_PERMITTED' })
  })

  test('lies sealed, hashed as applicants are, and nothing of him is logged', async () => {
    await open({ ...citizen, phone })
    const [row] = await scene.database.inScope({ reach: 'EVERYTHING', name: 'sign-in' }, tx =>
      tx.query<Record<string, Buffer>>(`select * from cases.citizens where subject = 'citizen'`),
    )
    const opened = (column: string) => scene.crypto.open(`cases.citizens.${column}`, row![column]!)
    expect([opened('name_sealed'), opened('document_sealed'), opened('phone_sealed')]).toEqual([
      '苏小满',
      inventedIdentityNumber,
      phone,
    ])
    const { id: _id, ...shown } = row!
    expect(shown).toMatchObject({
      masked_name: '苏**',
      masked_phone: '138****0001',
      document_hash: scene.crypto.lookupHash('DOCUMENT_NUMBER', inventedIdentityNumber),
      phone_hash: scene.crypto.lookupHash('PHONE', phone),
    })
    const written = JSON.stringify(row) + scene.logged.join()
    for (const secret of ['苏小满', inventedIdentityNumber, phone]) expect(written).not.toContain(secret)
  })

  test('finds cases, mandates and himself again after the look-up key was changed', async () => {
    const { token } = await open(agent)
    const { mandate } = await recordMandate()
    await actFor((await identify(token))!, mandate.id)
    const added = { current: '2', keys: { ...keys.lookup.keys, 2: randomBytes(32) } }
    const rotated = createCrypto({ ...keys, lookup: added })
    const seen = () =>
      scene.database.inScope({ reach: 'EVERYTHING', name: 'sign-in' }, tx =>
        identifyCitizen(tx, rotated, { tokenHash: credentialHash(token) }, start),
      )
    const acting = (await seen())!
    expect([acting.role, casesOf(acting)]).toEqual(['ORGANISATION_AGENT', sorted('firm')])
    await revoke(mandate.id)
    const himself = (await seen())!
    expect([himself.role, casesOf(himself)]).toEqual(['CITIZEN', sorted('agentsOwn')])
  })

  test('nobody but the hub itself opens such a session, and it needs issuer, subject and name', async () => {
    const document = 'mutation ($input: CitizenIdentityInput!) { openCitizenSession(input: $input) }'
    for (const viewer of [anonymousViewer, accountViewer('province'), clientViewer('frontend')]) {
      expect(await scene.refusedWith(viewer, document, { input: citizen })).toEqual(['NOT_PERMITTED'])
    }
    for (const missing of ['issuer', 'subject', 'name']) {
      const input = { ...citizen, [missing]: ' ' }
      expect(await scene.refusedWith(systemViewer('citizen'), document, { input })).toEqual(['BAD_USER_INPUT'])
    }
  })

  test('sees at most his latest two hundred cases', async () => {
    const document = inventedNumber('99999919700101002')
    const rows = Array.from({ length: 210 }, (_, n) =>
      caseRow(1_000 + n, {
        documentNumber: document,
        acceptedAt: `2026-11-${n < 10 ? '17' : '18'} 09:00:00`,
        closedAt: `2026-11-18 10:00:00`,
      }),
    )
    await scene.ask(
      clientViewer('windowSystem'),
      'mutation ($cases: [CaseReportInput!]!) { reportCases(input: { cases: $cases }) { __typename } }',
      { cases: rows },
    )
    const viewer = await signedIn({ issuer: 'x', subject: 'busy', name: '何忙', documentNumber: document })
    expect(casesOf(viewer)).toHaveLength(200)
    const { serviceCase } = await scene.ask(viewer, `{ serviceCase(caseNumber: "${rows[0]!.caseNumber}") { id } }`)
    expect(serviceCase).toBeNull()
  })
})

describe('an agent of an organisation', () => {
  test('acts for it from the moment he says so, and for himself again', async () => {
    const { mandate } = await recordMandate()
    const { token } = await open(agent)
    const himself = (await identify(token))!
    expect([himself.role, casesOf(himself)]).toEqual(['CITIZEN', sorted('agentsOwn')])
    expect(await actFor(himself, mandate.id)).toEqual({
      __typename: 'ActForSuccess',
      viewer: {
        role: 'ORGANISATION_AGENT',
        actingFor: { organisationName: '甲州示例有限公司' },
        mandates: [{ id: mandate.id }],
        region: null,
      },
    })
    const acting = (await identify(token))!
    expect([acting.role, casesOf(acting)]).toEqual(['ORGANISATION_AGENT', sorted('firm')])
    expect([acting.id, acting.name]).toEqual([himself.id, '林**'])
    expect(await actFor(acting, null)).toMatchObject({ viewer: { role: 'CITIZEN', actingFor: null } })
    expect(casesOf((await identify(token))!)).toEqual(sorted('agentsOwn'))
    await revoke(mandate.id)
  })

  test('loses it at once when the mandate is revoked', async () => {
    const { mandate } = await recordMandate()
    const { token } = await open(agent)
    await actFor((await identify(token))!, mandate.id)
    expect((await identify(token))!.role).toBe('ORGANISATION_AGENT')
    expect(await revoke(mandate.id)).toMatchObject({ mandate: { revokedAt: '2026-11-20T02:00:00.000Z' } })
    const after = (await identify(token))!
    expect([after.role, casesOf(after)]).toEqual(['CITIZEN', sorted('agentsOwn')])
    expect(await actFor(after, mandate.id)).toMatchObject({
      __typename: 'AgentMandateNotFound',
      code: 'MANDATE_UNKNOWN',
    })
    scene.clock.now = new Date(start.getTime() + 60_000)
    expect(await revoke(mandate.id)).toMatchObject({ mandate: { revokedAt: '2026-11-20T02:00:00.000Z' } })
  })

  test('acts from the first to the last Shanghai day of the mandate', async () => {
    const { mandate } = await recordMandate({ validFrom: '2026-11-22', validUntil: '2026-11-23' })
    const roleAt = async (instant: string) => {
      scene.clock.now = new Date(instant)
      const viewer = await signedIn(agent)
      const { __typename } = await actFor(viewer, mandate.id)
      return __typename
    }
    expect(await roleAt('2026-11-21T15:59:59Z')).toBe('AgentMandateNotFound')
    expect(await roleAt('2026-11-21T16:00:00Z')).toBe('ActForSuccess')
    scene.clock.now = new Date('2026-11-23T15:30:00Z')
    const { token } = await open(agent)
    await actFor((await identify(token))!, mandate.id)
    expect((await identify(token))!.role).toBe('ORGANISATION_AGENT')
    scene.clock.now = new Date('2026-11-23T16:00:00Z')
    const over = (await identify(token))!
    expect([over.role, casesOf(over)]).toEqual(['CITIZEN', sorted('agentsOwn')])
    expect(await scene.ask(over, '{ viewer { actingFor { id } mandates { id } } }')).toEqual({
      viewer: { actingFor: null, mandates: [] },
    })
  })

  test('cannot act under the mandate of someone else, nor can an account of staff or of the demo', async () => {
    const { mandate } = await recordMandate()
    expect(await actFor(await signedIn(citizen), mandate.id)).toMatchObject({ code: 'MANDATE_UNKNOWN' })
    expect(await actFor(await signedIn(agent), 'no id')).toMatchObject({ code: 'MANDATE_UNKNOWN' })
    const demoAgent: Viewer = {
      ...accountViewer('analyst'),
      kind: 'CITIZEN',
      role: 'ORGANISATION_AGENT',
      sessionId: mandate.id,
      scope: { reach: 'NOTHING' },
    }
    for (const viewer of [demoAgent, accountViewer('city'), anonymousViewer]) {
      expect(await actFor(viewer, mandate.id)).toMatchObject({ code: 'NOT_PERMITTED' })
    }
    expect(
      await scene.ask(
        demoAgent,
        '{ viewer { role mandates { id } actingFor { id } } serviceCases { edges { cursor } } }',
      ),
    ).toEqual({
      viewer: { role: 'ORGANISATION_AGENT', mandates: [], actingFor: null },
      serviceCases: { edges: [] },
    })
    await revoke(mandate.id)
  })
})

describe('mandates', () => {
  test('are recorded masked and sealed', async () => {
    const recorded = await recordMandate({ agentDocumentNumber: ` ${agentDocument}` })
    expect(recorded).toEqual({
      __typename: 'RecordAgentMandateSuccess',
      mandate: {
        id: expect.any(String),
        organisationName: '甲州示例有限公司',
        maskedCreditCode: expect.stringMatching(/^919\*{13}.{2}$/),
        maskedAgent: expect.stringMatching(/^林\*\* 999\*{13}.{2}$/),
        validFrom: '2026-11-20',
        validUntil: '2026-12-31',
        evidence: '授权书 2026-15 号',
        recordedAt: '2026-11-20T02:00:00.000Z',
        revokedAt: null,
      },
    })
    const rows = await scene.database.inScope({ reach: 'EVERYTHING', name: 'seed' }, tx =>
      tx.query('select * from cases.agent_mandates'),
    )
    for (const secret of ['林知遥', agentDocument, inventedCreditCode])
      expect(JSON.stringify(rows)).not.toContain(secret)
    await revoke(recorded.mandate.id)
  })

  test('a credit code whose check character fails is taken, and the record says so', async () => {
    const creditCode = `${inventedCreditCode.slice(0, -1)}${inventedCreditCode.endsWith('5') ? '6' : '5'}`
    const { mandate } = await recordMandate({ creditCode })
    expect(mandate.evidence).toBe(
      '授权书 2026-15 号（统一社会信用代码：校验码不符，请核对；早期代码可能如此，可以继续）',
    )
    await revoke(mandate.id)
  })

  test.each<[string, object, string[]]>([
    [
      'an identity number that does not hold',
      { agentDocumentNumber: `${agentDocument.slice(0, -1)}?` },
      ['agentDocumentNumber IDENTITY_NUMBER_CHARACTERS'],
    ],
    ['no names', { agentName: ' ', organisationName: '' }, ['agentName MISSING', 'organisationName MISSING']],
    ['a long name', { organisationName: '长'.repeat(101) }, ['organisationName TOO_LONG']],
    ['a short credit code', { creditCode: '91' }, ['creditCode CREDIT_CODE_LENGTH']],
    ['a day that does not exist', { validFrom: '2026-02-31' }, ['validFrom DATE_NOT_REAL']],
    ['a reversed period', { validFrom: '2027-01-01' }, ['validUntil PERIOD_REVERSED']],
    ['a day more than three years', { validUntil: '2029-11-21' }, ['validUntil PERIOD_TOO_LONG']],
    ['a period that is over', { validFrom: '2026-11-01', validUntil: '2026-11-19' }, ['validUntil PERIOD_OVER']],
    ['no evidence', { evidence: '无' }, ['evidence TOO_SHORT']],
    ['long evidence', { evidence: '据'.repeat(201) }, ['evidence TOO_LONG']],
  ])('%s is refused by its field', async (_what, changes, expected) => {
    const { __typename, problems = [] } = await recordMandate(changes)
    expect(__typename).toBe('InvalidInput')
    expect(problems.map(({ path, code }) => `${path} ${code}`)).toEqual(expected)
    expect(JSON.stringify(problems)).not.toContain(agentDocument.slice(0, 12))
  })

  test('exactly three years are taken', async () => {
    const { mandate } = await recordMandate({ validUntil: '2029-11-20' })
    await revoke(mandate.id)
  })

  test('are kept and seen by the management body of the region and above, and by the agent himself', async () => {
    const { mandate } = await recordMandate({}, accountViewer('city'))
    const elsewhere = await recordMandate({ organisationName: '乙州示例有限公司' }, accountViewer('cityB'))
    expect(await mandateIds(accountViewer('cityB'))).toEqual([elsewhere.mandate.id])
    expect(await mandateIds(accountViewer('city'))).not.toContain(elsewhere.mandate.id)
    const ofProvince = await mandateIds(accountViewer('province'))
    expect(ofProvince).toEqual(expect.arrayContaining([mandate.id, elsewhere.mandate.id]))
    expect(await revoke(elsewhere.mandate.id, accountViewer('city'))).toMatchObject({ code: 'MANDATE_UNKNOWN' })
    expect(await revoke('no id')).toMatchObject({ __typename: 'AgentMandateNotFound' })
    expect(await mandateIds(await signedIn(agent))).toContain(elsewhere.mandate.id)
    for (const viewer of [accountViewer('supervisor'), accountViewer('auditor'), clientViewer('windowSystem')]) {
      expect(await mandateIds(viewer)).toEqual([])
      expect(await recordMandate({}, viewer)).toMatchObject({ __typename: 'NotPermitted' })
      expect(await revoke(mandate.id, viewer)).toMatchObject({ __typename: 'NotPermitted' })
    }
    expect(await mandateIds(await signedIn(citizen))).toEqual([])
    expect(await mandateIds(anonymousViewer)).toEqual([])
  })

  test('are listed page by page, the newest first', async () => {
    const all = await mandateIds(accountViewer('province'))
    const first = await pageOfMandates(accountViewer('province'), '(first: 2)')
    const rest = await pageOfMandates(accountViewer('province'), `(first: 100, after: "${first.pageInfo.endCursor}")`)
    expect([...first.edges, ...rest.edges].map(({ node }) => node.id)).toEqual(all)
    expect(first.pageInfo.hasNextPage).toBe(true)
    expect(
      await scene.refusedWith(accountViewer('city'), '{ agentMandates(after: "WyJ4Il0=") { edges { cursor } } }'),
    ).toEqual(['BAD_CURSOR'])
  })
})
