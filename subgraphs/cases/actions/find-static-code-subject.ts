import type { Database } from '../../shared/database.ts'
import { graphError } from '../../shared/graph-error.ts'
import type { Scope, Viewer } from '../../shared/viewer.ts'
import { isIdentifier } from '../domain/identifier.ts'
import {
  type StaticCodeSubject,
  type SubjectKind,
  subjectFacts,
  visibleSubject,
} from '../store/static-code-subject-query.ts'

const subjectKinds: readonly string[] = ['STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM'] satisfies SubjectKind[]

/**
 * Who or what a static code stands for (静态码对象), if the scope given covers it: row-level security judges that, and only then are
 * names and the responsible unit read, which may lie above the scope. Null when unknown, outside the scope, or nobody answers for it.
 *
 * @param asked `subjectId` null means the province, for PROVINCE and PLATFORM
 * @throws NOT_PERMITTED to anyone but the hub itself
 */
export async function findStaticCodeSubject(
  { database, viewer }: { database: Database; viewer: Viewer },
  asked: { subjectKind: string; subjectId: string | null; scope: Scope },
): Promise<StaticCodeSubject | null> {
  if (viewer.kind !== 'SYSTEM') throw graphError('NOT_PERMITTED')
  const { subjectId, scope } = asked
  const isPlace = asked.subjectKind === 'PROVINCE' || asked.subjectKind === 'PLATFORM'
  if (!subjectKinds.includes(asked.subjectKind) || !(isIdentifier(subjectId) || (isPlace && subjectId === null))) {
    return null
  }
  const kind = asked.subjectKind as SubjectKind
  const id = await database.inScope(scope, tx => visibleSubject(tx, kind, subjectId))
  if (id === null) return null
  return database.inScope({ reach: 'EVERYTHING', name: 'rating-code' }, tx => subjectFacts(tx, kind, id))
}
