import type { ServicePlacement } from '../../shared/placement-columns.ts'
import type { RatingSubjectKind } from './rated-subject.ts'

/** What a static code may stand for: everything but a case. */
export type StaticSubjectKind = Exclude<RatingSubjectKind, 'CASE'>

/** REQUESTED 已申领, ACTIVE 在用, REFUSED 未批准, RETIRED 已停用. */
export type StaticCodeState = 'REQUESTED' | 'ACTIVE' | 'REFUSED' | 'RETIRED'

/** Who or what a static code stands for (静态码对象), and the unit that answers for ratings by it; names as they were when it was applied for. */
export type StaticCodeSubject = {
  subjectKind: StaticSubjectKind
  /** The person, the hall or station; of province and platform the province's region. */
  subjectId: string
  cityCode: string
  policyId: string
  regionName: string
  departmentName: string
  hallName: string | null
  windowNumber: string | null
  staffNumber: string | null
  staffName: string | null
  placement: ServicePlacement
}

/** A static code (静态评价码) with its history. */
export type StaticCode = StaticCodeSubject & {
  id: string
  /** Twelve hexadecimal digits, as the rating code carries it. */
  handle: string
  printedId: string
  state: StaticCodeState
  requestedAt: Date
  requestedByName: string
  requestReason: string | null
  decidedAt: Date | null
  decidedByName: string | null
  decisionReason: string | null
  retiredAt: Date | null
  retiredByName: string | null
  retireReason: string | null
}

type Named = Pick<
  StaticCode,
  'subjectKind' | 'regionName' | 'departmentName' | 'hallName' | 'windowNumber' | 'staffNumber' | 'staffName'
>

/** What is printed above the code, e.g. `郑州市政务服务中心`, `张三（工号 1024）`, `本平台`. */
export function nameOfPlace({ subjectKind, regionName, hallName, staffNumber, staffName }: Named): string {
  switch (subjectKind) {
    case 'STAFF_MEMBER':
      return `${staffName}（工号 ${staffNumber}）`
    case 'HALL':
      return hallName ?? regionName
    case 'PROVINCE':
      return regionName
    case 'PLATFORM':
      return '本平台'
  }
}

/** The static code's object (静态码对象) as forms and prints show it. */
export function ratedPlace(code: Named & Pick<StaticCode, 'printedId'>) {
  const { subjectKind, departmentName, hallName, windowNumber, staffNumber, staffName, printedId } = code
  const name = nameOfPlace(code)
  return { subjectKind, name, departmentName, hallName, windowNumber, staffNumber, staffName, printedId }
}
