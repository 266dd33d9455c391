import { parse } from 'graphql'
import { graphError } from '../../shared/graph-error.ts'
import type { Subgraph } from '../../shared/subgraph.ts'
import { type Scope, systemViewer } from '../../shared/viewer.ts'
import type { StaticCodeSubject, StaticSubjectKind } from '../domain/static-code.ts'

type Answer = Omit<StaticCodeSubject, 'placement'> & StaticCodeSubject['placement']

/**
 * Asks the cases subgraph who or what these subjects are (静态码对象), all in one request; null for each that the scope does not cover,
 * that nobody knows, or that no unit answers for. An id of null means the province.
 *
 * @throws SUBGRAPH_UNAVAILABLE
 */
export async function askStaticCodeSubjects(
  cases: Subgraph,
  subjectKind: StaticSubjectKind,
  subjectIds: readonly (string | null)[],
  scope: Scope,
): Promise<(StaticCodeSubject | null)[]> {
  const names = subjectIds.map((_, index) => `id${index}`)
  const document =
    parse(`query StaticCodeSubjects($kind: String!, $scope: String!, ${names.map(name => `$${name}: ID`).join(', ')}) {
    ${names.map(name => `${name}: staticCodeSubject(subjectKind: $kind, subjectId: $${name}, scope: $scope)`).join('\n')}
  }`)
  const ids = Object.fromEntries(names.map((name, index) => [name, subjectIds[index]]))
  const variables = { kind: subjectKind, scope: JSON.stringify(scope), ...ids }
  const { data, errors } = await cases.execute({ document, variables, viewer: systemViewer('rating-code') })
  if (errors || !data) throw graphError('SUBGRAPH_UNAVAILABLE')
  return names.map(name => subjectOf(data[name] as string | null))
}

function subjectOf(text: string | null): StaticCodeSubject | null {
  if (text === null) return null
  const { regionPath, departmentId, lineId, hallId, windowId, staffMemberId, ...facts } = JSON.parse(text) as Answer
  return { ...facts, placement: { regionPath, departmentId, lineId, hallId, windowId, staffMemberId } }
}
