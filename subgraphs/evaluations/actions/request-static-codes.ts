import type { Transaction } from '../../shared/database.ts'
import type { EvaluationsContext } from '../context.ts'
import type { Problem } from '../domain/problem.ts'
import type { StaticCode, StaticCodeSubject } from '../domain/static-code.ts'
import { mayDecideStaticCodes, mayRequestStaticCodes } from '../domain/static-code-permission.ts'
import {
  caseRefused,
  isStaticSubjectKind,
  MOST_OF_ONE_PLACE,
  requestProblems,
  type StaticCodeRequest,
  subjectUnknown,
  tooManyCodes,
} from '../domain/static-code-request.ts'
import { type Act, decideCodes, insertStaticCode, livingCodesOf, lockSubjects } from '../store/static-code-writes.ts'
import { askStaticCodeSubjects } from './ask-static-code-subject.ts'
import { type InvalidInput, invalidInput, type Refused, refused } from './refused.ts'
import { tellChangedCodes } from './tell-changed-codes.ts'

const writeScope = { reach: 'EVERYTHING', name: 'rating-code' } as const

/**
 * Applies for static codes (申领静态评价码), all of them or none. Whoever may grant them himself has them in use at once. A person has one
 * code: who has one or applied for one gets that one back, and a pending application is granted when its decider asks for the same.
 */
export async function requestStaticCodes(
  request: StaticCodeRequest,
  context: EvaluationsContext,
): Promise<StaticCode[] | Refused<'NotPermitted'> | InvalidInput> {
  const { viewer, database, now } = context
  const { subjectKind } = request
  if (!mayRequestStaticCodes(viewer, subjectKind)) return refused('NotPermitted', 'NOT_PERMITTED')
  if (!isStaticSubjectKind(subjectKind)) return invalidInput([caseRefused()])
  const faults = requestProblems(request)
  if (faults.length > 0) return invalidInput(faults)
  const isWhole = subjectKind === 'PROVINCE' || subjectKind === 'PLATFORM'
  const asked = isWhole ? [null] : request.subjectIds
  // The scope is judged there; what follows may meet a code of the same person from where he worked before, so it sees all rows.
  const subjects = await askStaticCodeSubjects(context.cases(), subjectKind, asked, viewer.scope)
  const unknown = subjects.flatMap((subject, index) => (subject ? [] : [subjectUnknown(index)]))
  if (unknown.length > 0) return invalidInput(unknown)

  const act: Act = { byId: viewer.id, byName: viewer.name, at: now(), reason: request.reason?.trim() || null }
  const known = subjects.filter(subject => subject !== null)
  const isGranted = mayDecideStaticCodes(viewer)
  return database
    .inScope(writeScope, tx => keepRequests(tx, known, act, isGranted))
    .catch(error => {
      if (error instanceof TooMany) return invalidInput([error.problem])
      throw error
    })
}

async function keepRequests(tx: Transaction, subjects: StaticCodeSubject[], act: Act, isGranted: boolean) {
  await lockSubjects(tx, subjects)
  const codes: StaticCode[] = []
  const changed: StaticCode[] = []
  for (const [index, subject] of subjects.entries()) {
    const { code, isChanged } = await keepRequest(tx, subject, act, isGranted, index)
    codes.push(code)
    if (isChanged) changed.push(code)
  }
  await tellChangedCodes(tx, changed, act.at)
  return codes
}

async function keepRequest(
  tx: Transaction,
  subject: StaticCodeSubject,
  act: Act,
  isGranted: boolean,
  index: number,
): Promise<{ code: StaticCode; isChanged: boolean }> {
  const living = await livingCodesOf(tx, subject)
  const [own] = living
  if (subject.subjectKind !== 'STAFF_MEMBER' || !own) {
    if (living.length >= MOST_OF_ONE_PLACE) throw new TooMany(tooManyCodes(index))
    return { code: await insertStaticCode(tx, subject, act, isGranted), isChanged: isGranted }
  }
  if (!isGranted || own.state === 'ACTIVE') return { code: own, isChanged: false }
  const [granted] = await decideCodes(tx, [own.id], act, true)
  return { code: granted!, isChanged: true }
}

/** Ends the transaction, so that all codes are kept or none. */
class TooMany extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code)
    this.problem = problem
  }
}
