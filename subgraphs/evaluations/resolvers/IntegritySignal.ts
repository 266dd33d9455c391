import { listEvidence } from '../actions/list-integrity-signals.ts'
import type { EvaluationsContext } from '../context.ts'
import { mayDecideIntegrity } from '../domain/integrity-permission.ts'
import type { IntegritySignal as Signal } from '../domain/integrity-signal.ts'
import { findingWords, integrityRuleWords } from '../domain/integrity-words.ts'
import { lookedAt } from './Evaluation.ts'

const reference = (typename: string, id: string | null) => id && { __typename: typename, id }

export const IntegritySignal = {
  subjectKind: ({ subject }: Signal) => subject.kind,
  operatorName: ({ facts }: Signal) => facts.operatorName ?? null,
  staffMember: ({ placement, subject }: Signal) =>
    reference('StaffMember', subject.kind === 'STAFF_MEMBER' ? subject.key : placement.staffMemberId),
  window: ({ placement, subject }: Signal) =>
    reference('Window', subject.kind === 'WINDOW' ? subject.key : placement.windowId),
  hall: ({ placement, subject }: Signal) => reference('Hall', subject.kind === 'HALL' ? subject.key : placement.hallId),
  department: ({ placement, subject }: Signal) =>
    reference('Department', subject.kind === 'DEPARTMENT' ? subject.key : placement.departmentId),
  finding: (signal: Signal) => findingWords(signal).zh,
  findingEnglish: (signal: Signal) => findingWords(signal).en,
  rule: ({ kind }: Signal) => integrityRuleWords[kind].zh,
  ruleEnglish: ({ kind }: Signal) => integrityRuleWords[kind].en,
  decidedBy: ({ decidedByName }: Signal) => decidedByName,
  canDecide: ({ state }: Signal, _: unknown, { viewer }: EvaluationsContext) =>
    state === 'OPEN' && mayDecideIntegrity(viewer),
  async evidence(
    signal: Signal,
    { first, after }: { first?: number | null; after?: string | null },
    context: EvaluationsContext,
  ) {
    const page = await listEvidence(signal, { first, after }, context)
    const looker = { viewer: context.viewer, hasReceipt: false }
    return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: lookedAt(node, looker) })) }
  },
}
