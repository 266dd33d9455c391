import { createHash } from 'node:crypto'
import { type GraphQLError, parse } from 'graphql'
import { graphError } from '../subgraphs/shared/graph-error.ts'
import type { Log } from '../subgraphs/shared/log.ts'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import { anonymousViewer, systemViewer, type Viewer } from '../subgraphs/shared/viewer.ts'

/** How long an answer of the cases subgraph counts, milliseconds: short, because a session may be ended at any moment. */
const knownMs = 10_000
const unknownMs = 2_000
/** While cases cannot be reached, holders known less than this ago keep working, milliseconds. */
const staleMs = 60_000
const mostCredentials = 20_000
/** Longer ones are not ours: a session token is the longest, at about 600 characters. */
const longestCredential = 4_096

const identify = parse('query IdentifyHolder($credential: String!) { identify(credential: $credential) }')

type Answer = { viewer: Viewer | null; at: number }

export type Authentication = {
  /**
   * Who holds this credential; nobody when there is none, an error when it is unknown, expired, or cannot be checked now.
   *
   * @param isFresh asks again whatever is known, where an ended or changed session must show at once
   */
  authenticate(credential: string | undefined, isFresh?: boolean): Promise<Viewer | GraphQLError>
}

/** Asks the cases subgraph who holds a credential (身份识别) and keeps the answer for seconds, by the credential's hash. */
export function createAuthentication(options: { cases: Subgraph; now?: () => number; log: Log }): Authentication {
  const { cases, now = Date.now, log } = options
  const answers = new Map<string, Answer>()
  const asking = new Map<string, Promise<Viewer | GraphQLError>>()
  const door = systemViewer('door')

  async function ask(credential: string, key: string): Promise<Viewer | GraphQLError> {
    const { data, errors } = await cases
      .execute({ document: identify, variables: { credential }, viewer: door })
      .catch(error => {
        log.warn({ error }, 'cases could not be asked who holds a credential')
        return { data: null, errors: [error] }
      })
    if (errors?.length || !data) return fromStale(key)
    const viewer = data.identify ? (JSON.parse(String(data.identify)) as Viewer) : null
    remember(key, { viewer, at: now() })
    return holder(viewer)
  }

  function fromStale(key: string): Viewer | GraphQLError {
    const stale = answers.get(key)
    return stale?.viewer && now() - stale.at < staleMs ? holder(stale.viewer) : graphError('SUBGRAPH_UNAVAILABLE')
  }

  function holder(viewer: Viewer | null): Viewer | GraphQLError {
    const hasEnded = viewer?.expiresAt != null && viewer.expiresAt * 1000 <= now()
    return viewer && !hasEnded ? viewer : graphError('UNAUTHENTICATED')
  }

  function remember(key: string, answer: Answer): void {
    answers.delete(key)
    answers.set(key, answer)
    if (answers.size <= mostCredentials) return
    const [oldest] = answers.keys()
    if (oldest !== undefined) answers.delete(oldest)
  }

  return {
    async authenticate(presented, isFresh = false) {
      const credential = presented?.replace(/^bearer\s+/i, '').trim()
      if (!credential) return anonymousViewer
      if (credential.length > longestCredential) return graphError('UNAUTHENTICATED')
      const key = createHash('sha256').update(credential).digest('base64')
      const known = answers.get(key)
      if (isFresh) return ask(credential, key)
      if (known && now() - known.at < (known.viewer ? knownMs : unknownMs)) return holder(known.viewer)
      const underWay = asking.get(key) ?? ask(credential, key).finally(() => asking.delete(key))
      asking.set(key, underWay)
      return underWay
    },
  }
}
