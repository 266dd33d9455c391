import { inputOfMapping } from '../domain/mapping-input.ts'
import type { SourceProfile as Profile } from '../domain/source-profile.ts'

export const SourceProfile = {
  mapping: ({ mapping }: Profile) => inputOfMapping(mapping),
  samples: ({ samples }: Profile) => samples.map(({ raw }) => raw),
}
