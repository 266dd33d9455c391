import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { CitizenWording } from './wording.ts'

type RatedSubject = NonNullable<RatingFormQuery['ratingForm']['subject']>

/** What is rated (评价对象): matter, case number, staff number and name; kept short, so that all five levels fit the first screen. */
export function Subject({ subject, words }: { subject: RatedSubject; words: CitizenWording }) {
  const isStaffed = subject.staffNumber !== null || subject.staffName !== null
  return (
    <dl class="subject">
      <div class="matter">
        <dt>{words.matter}</dt>
        <dd>{subject.matterName}</dd>
      </div>
      <div>
        <dt>{words.caseNumber}</dt>
        <dd class="number">{subject.caseNumber}</dd>
      </div>
      <div>
        <dt>{isStaffed ? words.servedBy : words.department}</dt>
        <dd>
          {isStaffed ? (
            <>
              {subject.staffNumber && `${words.staffNumber} ${subject.staffNumber}　`}
              {subject.staffName && `${subject.staffName}　`}
            </>
          ) : (
            `${subject.departmentName}　`
          )}
          {subject.windowNumber && <span class="at-window">{words.atWindow(subject.windowNumber)}</span>}
        </dd>
      </div>
    </dl>
  )
}
