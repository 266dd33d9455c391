import { refusal } from '../../../shared/error-catalogue.ts'
import {
  activateSourceProfile as activate,
  type ProfileKept,
  saveSourceProfile as save,
  testSourceProfile as test,
} from '../../actions/keep-source-profiles.ts'
import type { ExchangeContext } from '../../context.ts'
import type { SourceSample } from '../../domain/contract-test.ts'
import { mappingOfInput, type SourceMappingInput } from '../../domain/mapping-input.ts'

type Version = { sourceSystem: string; version: number }
type Save = { input: { sourceSystem: string; mapping: SourceMappingInput } }

export const saveSourceProfile = async (_: unknown, { input }: Save, context: ExchangeContext) =>
  answered('SaveSourceProfileSuccess', await save({ ...input, mapping: mappingOfInput(input.mapping) }, context))

export const testSourceProfile = async (
  _: unknown,
  { input }: { input: Version & { samples: SourceSample[] } },
  context: ExchangeContext,
) => answered('TestSourceProfileSuccess', await test(input, context))

export const activateSourceProfile = async (_: unknown, { input }: { input: Version }, context: ExchangeContext) =>
  answered('ActivateSourceProfileSuccess', await activate(input, context))

function answered(success: string, kept: ProfileKept) {
  if ('refused' in kept) return { __typename: 'NotPermitted', ...refusal(kept.refused) }
  if ('problems' in kept) return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems: kept.problems }
  return { __typename: success, profile: kept.profile }
}
