import { type Problem, problem } from './problem.ts'
import type { RatingSubjectKind } from './rated-subject.ts'
import type { StaticSubjectKind } from './static-code.ts'

/** An application for static codes (申领). */
export type StaticCodeRequest = { subjectKind: RatingSubjectKind; subjectIds: string[]; reason: string | null }

/** Most codes of one mutation. */
export const MOST_AT_ONCE = 100
/** Most codes of one hall, of the province or the platform that may be in use or applied for: entrances, floors, desks. */
export const MOST_OF_ONE_PLACE = 20
const LONGEST_REASON = 200

/** Cases have codes of their own kind. */
export function isStaticSubjectKind(kind: RatingSubjectKind): kind is StaticSubjectKind {
  return kind !== 'CASE'
}

/** Somebody asked for the static code of a case. */
export function caseRefused(): Problem {
  const en = 'STAFF_MEMBER, HALL, PROVINCE or PLATFORM; a case has its own code, see issueRatingCode'
  return problem('subjectKind', 'SUBJECT_KIND', '静态码的对象为人员、大厅、全省或本平台，办件请用动态码', en)
}

/** What is wrong with an application; empty when nothing is. */
export function requestProblems({ subjectKind, subjectIds, reason }: StaticCodeRequest): Problem[] {
  const isWhole = subjectKind === 'PROVINCE' || subjectKind === 'PLATFORM'
  const problems: Problem[] = []
  if (isWhole && subjectIds.length > 0) {
    const en = 'the province and the platform are named by their kind alone; leave subjectIds empty'
    problems.push(problem('subjectIds', 'SUBJECTS_NOT_TAKEN', '全省和本平台无需指定对象，请留空', en))
  }
  if (!isWhole && (subjectIds.length < 1 || subjectIds.length > MOST_AT_ONCE)) {
    const zh = `请选择 1 至 ${MOST_AT_ONCE} 个对象，现有 ${subjectIds.length} 个`
    problems.push(
      problem('subjectIds', 'SUBJECTS_COUNT', zh, `1 to ${MOST_AT_ONCE} are taken, not ${subjectIds.length}`),
    )
  }
  return [...problems, ...reasonProblems(reason, 0)]
}

/** What is wrong with a reason, in characters: at least `least` (0 where it may be left out), at most 200. */
export function reasonProblems(reason: string | null, least: number): Problem[] {
  const length = [...(reason ?? '').trim()].length
  if (length >= least && length <= LONGEST_REASON) return []
  const zh = least === 0 ? `理由最多 ${LONGEST_REASON} 字` : `请填写理由，${least} 至 ${LONGEST_REASON} 字`
  const en = `a reason has ${least} to ${LONGEST_REASON} characters, not ${length}`
  return [problem('reason', 'REASON_LENGTH', zh, en)]
}

/** The subject is unknown, or lies outside the applicant's scope: the answer is the same. */
export function subjectUnknown(index: number): Problem {
  const en = 'no such hall, station or member of staff in your scope, or no management body answers for it'
  return problem(`subjectIds.${index}`, 'SUBJECT_UNKNOWN', '本账号范围内没有该大厅、站点或人员，或尚无主管机构负责', en)
}

export function tooManyCodes(index: number): Problem {
  const zh = `同一对象最多 ${MOST_OF_ONE_PLACE} 张，请先停用不再使用的`
  return problem(
    `subjectIds.${index}`,
    'CODES_COUNT',
    zh,
    `at most ${MOST_OF_ONE_PLACE} codes each; retire what is not used`,
  )
}
