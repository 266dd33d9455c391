import { shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { type JurisdictionPolicy, policyInForce } from '../../shared/policy/policy.ts'
import { policyPresets } from '../../shared/policy/presets.ts'

/** The rules that hold for a case now (地方政策). Throws when no jurisdiction has that id: a case would have no rules. */
export function policyOfCase(policyId: string, now: Date, versions = policyPresets): JurisdictionPolicy {
  const own = versions.filter(({ id }) => id === policyId)
  const policy = policyInForce(own, shanghaiDay(now))
  if (!policy) throw new Error(`no policy ${policyId} is in force on ${shanghaiDay(now)}`)
  return policy
}
