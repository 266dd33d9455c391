import { join } from 'node:path'
import pg from 'pg'
import { smsTokenOf } from '../../subgraphs/evaluations/domain/sms-token.ts'
import { createCrypto } from '../../subgraphs/shared/crypto/crypto-port.ts'
import { loadSecretKeys } from '../../subgraphs/shared/crypto/secret-keys-file.ts'
import { ask, signIn } from './ask.ts'
import { demoPassword, type HubProcess } from './hub-process.ts'
import { ownerUrlOf } from './owner-url.ts'
import { waitFor } from './wait-for.ts'

/** The token of a code of this kind for a case, as the window system gets it; a terminal is named in `more`. */
export async function issuedToken(
  hub: HubProcess,
  kind: 'SCREEN' | 'RECEIPT' | 'TERMINAL',
  caseNumber: string,
): Promise<string> {
  const more = kind === 'TERMINAL' ? { terminalNumber: 'ZZ-0031' } : {}
  const { issueRatingCode } = await ask<{ issueRatingCode: { ratingCode?: { token: string }; code?: string } }>(
    hub,
    `mutation ($input: IssueRatingCodeInput!) { issueRatingCode(input: $input) {
       ... on IssueRatingCodeSuccess { ratingCode { token } } ... on UserError { code } } }`,
    { input: { caseNumber, kind, ...more } },
    await hub.key('window-system'),
  )
  if (!issueRatingCode.ratingCode) throw new Error(`no ${kind} code for ${caseNumber}: ${issueRatingCode.code}`)
  return issueRatingCode.ratingCode.token
}

/**
 * The secret part of the link in the message that invites to rate a case (短信链接). The message itself goes out half an hour after the
 * closing and never at night; the link is derived from the invitation that the hub has planned by then.
 */
export async function smsLinkToken(hub: HubProcess, caseNumber: string): Promise<string> {
  const keys = await loadSecretKeys(join(hub.dataDirectory, 'secret-keys.json'))
  const owner = new pg.Client({ connectionString: await ownerUrlOf(hub) })
  await owner.connect()
  try {
    const id = await waitFor(async () => {
      const { rows } = await owner.query<{ id: string }>(
        `select i.id from evaluations.sms_invitations i join evaluations.rateable_cases using (case_id) where case_number = $1`,
        [caseNumber],
      )
      return rows[0]?.id
    }, `the invitation of ${caseNumber}`)
    return smsTokenOf(id, createCrypto(keys).codeMac)
  } finally {
    await owner.end()
  }
}

/** The static code in use of a hall of the demo. */
export async function hallCode(hub: HubProcess, hall: string): Promise<{ id: string; token: string }> {
  type Code = { id: string; url: string; place: { name: string } }
  const { staticCodes } = await ask<{ staticCodes: { edges: { node: Code }[] } }>(
    hub,
    `{ staticCodes(filter: { state: ACTIVE, subjectKind: HALL }, first: 100) { edges { node { id url place { name } } } } }`,
    {},
    await signIn(hub, 'city', demoPassword),
  )
  const { id, url } = staticCodes.edges.find(({ node }) => node.place.name === hall)!.node
  return { id, token: url.split('/r/')[1]! }
}
