import type { Scope } from '../../../shared/viewer.ts'
import { findStaticCodeSubject } from '../../actions/find-static-code-subject.ts'
import type { CasesContext } from '../../context.ts'

type Arguments = { subjectKind: string; subjectId?: string | null; scope: string }

export async function staticCodeSubject(
  _: unknown,
  { subjectKind, subjectId, scope }: Arguments,
  context: CasesContext,
) {
  const asked = { subjectKind, subjectId: subjectId ?? null, scope: JSON.parse(scope) as Scope }
  const subject = await findStaticCodeSubject(context, asked)
  return subject && JSON.stringify(subject)
}
