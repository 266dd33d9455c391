import type { DayStep } from '../../shared/clock/deadline.ts'
import type { Transaction } from '../../shared/database.ts'
import type { SatisfactionLevel, SilenceBase } from '../../shared/policy/policy.ts'

/** A default rating (默认评价) with how its days were counted, and whether a person has rated the service after all. */
export type DefaultEvaluation = {
  caseId: string
  serviceNumber: number
  level: SatisfactionLevel
  baseAt: Date
  dueAt: Date
  madeAt: Date
  policyId: string
  policyVersion: number
  baseEvent: SilenceBase
  explanation: DayStep[]
  departmentId: string
  hallId: string | null
  isReplaced: boolean
}

const columns = `d.case_id as "caseId", d.service_number as "serviceNumber", d.level, d.base_at as "baseAt", d.due_at as "dueAt",
  d.made_at as "madeAt", d.department_id as "departmentId", d.hall_id as "hallId", counted.policy_id as "policyId",
  counted.policy_version as "policyVersion", counted.base_event as "baseEvent", counted.explanation`
const replaced = `exists (select from evaluations.evaluation_keys k
  where k.city_code = d.city_code and k.subject_id = d.case_id and k.service_number = d.service_number and k.round = 1)`

/** The defaults of the first service of these cases, as far as the scope shows them. */
export function defaultsOfCases({ query }: Transaction, caseIds: readonly string[]): Promise<DefaultEvaluation[]> {
  return query<DefaultEvaluation>(
    `select ${columns}, ${replaced} as "isReplaced"
     from evaluations.default_evaluations d join evaluations.default_limits counted on counted.id = d.limit_id
     where d.case_id = any ($1::uuid[]) and d.service_number = 1`,
    [caseIds],
  )
}

/** Which defaults a list shows; what is null does not narrow it. */
export type DefaultSelection = { hallId: string | null; departmentId: string | null; isReplaced: boolean | null }

/** A page of defaults, the latest cases first, behind the case and service of the last one before. */
export function defaultsPage(
  { query }: Transaction,
  { hallId, departmentId, isReplaced }: DefaultSelection,
  after: { caseId: string; serviceNumber: number } | null,
  limit: number,
): Promise<DefaultEvaluation[]> {
  const parameters: unknown[] = [limit]
  const parameter = (value: unknown) => `$${parameters.push(value)}`
  const conditions = [
    ...(hallId ? [`d.hall_id = ${parameter(hallId)}`] : []),
    ...(departmentId ? [`d.department_id = ${parameter(departmentId)}`] : []),
    ...(isReplaced === null ? [] : [`${isReplaced ? '' : 'not '}${replaced}`]),
    ...(after
      ? [`(d.case_id, d.service_number) < (${parameter(after.caseId)}, ${parameter(after.serviceNumber)})`]
      : []),
  ]
  return query<DefaultEvaluation>(
    `select ${columns}, ${replaced} as "isReplaced"
     from evaluations.default_evaluations d join evaluations.default_limits counted on counted.id = d.limit_id
     ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by d.case_id desc, d.service_number desc limit $1`,
    parameters,
  )
}
