import { demoAgent, demoCitizen } from '../db/seed/demo-people.ts'
import type { Configuration } from '../subgraphs/shared/configuration.ts'
import type { CryptoPort } from '../subgraphs/shared/crypto/crypto-port.ts'
import type { Subgraph } from '../subgraphs/shared/subgraph.ts'
import type { CitizenSignIn } from '../web/serving/citizen-sign-in.ts'
import { createDemoIdentity, type DemoIdentity } from './demo-identity/demo-identity.ts'
import { openCitizenSession } from './open-citizen-session.ts'

/** Under what a sign-in that is under way is sealed into its cookie. */
const sealedAs = 'web.me.sign_in'

/**
 * How citizens sign in (实名登录): at the configured identity provider, else, on a demo with a password, at its own; null where there is neither.
 *
 * @param demoPassword null where this process does not know it
 * @param ownOrigin where this process listens, asked for once it does
 */
export async function citizenSignIn(options: {
  configuration: Configuration
  demoPassword: string | null
  crypto: CryptoPort
  cases: Subgraph
  ownOrigin: () => string
}): Promise<{ signIn: CitizenSignIn | null; demoIdentity: DemoIdentity | null }> {
  const { configuration, demoPassword, crypto, cases, ownOrigin } = options
  const { oidc, isDemo, publicUrl } = configuration
  const demoIdentity =
    !oidc && isDemo && demoPassword
      ? await createDemoIdentity({ publicUrl, password: demoPassword, people: [demoCitizen, demoAgent] })
      : null
  // A demo's public address may be one that only browsers reach: its own provider is asked here.
  const reach = (address: string) => address.replace(publicUrl, ownOrigin())
  const provider = oidc ?? (demoIdentity && { ...demoIdentity, reach })
  const signIn = provider && {
    provider,
    demo: demoIdentity,
    openSession: (identity: Parameters<CitizenSignIn['openSession']>[0]) => openCitizenSession(cases, identity),
    seal: (text: string) => crypto.sealAsText(sealedAs, text),
    open: (sealed: string) => crypto.openFromText(sealedAs, sealed),
  }
  return { signIn, demoIdentity }
}
