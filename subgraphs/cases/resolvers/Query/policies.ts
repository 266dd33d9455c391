import { shanghaiDay } from '../../../shared/clock/shanghai-day.ts'
import { policyInForce } from '../../../shared/policy/policy.ts'
import { policyRules } from '../../../shared/policy/policy-words.ts'
import { policyPresets } from '../../../shared/policy/presets.ts'
import type { CasesContext } from '../../context.ts'

export function policies(_: unknown, __: unknown, { now }: CasesContext) {
  const today = shanghaiDay(now())
  return policyPresets.map(policy => ({
    id: policy.id,
    name: policy.name.zh,
    nameEnglish: policy.name.en,
    version: policy.version,
    inForceFrom: policy.inForceFrom,
    isInForce:
      policyInForce(
        policyPresets.filter(({ id }) => id === policy.id),
        today,
      ) === policy,
    rules: policyRules(policy).map(({ key, label, value, source }) => ({
      key,
      label: label.zh,
      labelEnglish: label.en,
      value: value.zh,
      valueEnglish: value.en,
      source,
    })),
  }))
}
