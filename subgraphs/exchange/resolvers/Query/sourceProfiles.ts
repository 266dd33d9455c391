import {
  activeSourceProfile as active,
  listSourceProfiles,
  readSourceProfile,
} from '../../actions/read-source-profiles.ts'
import type { ExchangeContext } from '../../context.ts'

type Source = { sourceSystem: string }
type Page = { first?: number | null; after?: string | null }

export const sourceProfile = (_: unknown, { sourceSystem }: Source, context: ExchangeContext) =>
  readSourceProfile(sourceSystem, context)

export const sourceProfiles = (_: unknown, page: Page, context: ExchangeContext) => listSourceProfiles(page, context)

export async function activeSourceProfile(_: unknown, { sourceSystem }: Source, context: ExchangeContext) {
  const profile = await active(sourceSystem, context)
  return profile && JSON.stringify(profile)
}
