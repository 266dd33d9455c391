import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { CitizenWording } from './wording.ts'

type RatedSubject = NonNullable<RatingFormQuery['ratingForm']['subject']>

/** What is rated (评价对象): matter, case number, who served; kept short, so that all five levels fit the first screen. */
export function Subject({ subject, words }: { subject: RatedSubject; words: CitizenWording }) {
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
      <ServedBy subject={subject} words={words} />
    </dl>
  )
}

/** A terminal serves by itself: it is named, and nobody else. */
function ServedBy({ subject, words }: { subject: RatedSubject; words: CitizenWording }) {
  const { terminalNumber, staffNumber, staffName, departmentName, windowNumber } = subject
  if (terminalNumber !== null) {
    return (
      <div>
        <dt>{words.terminal}</dt>
        <dd>{terminalNumber}</dd>
      </div>
    )
  }
  const isStaffed = staffNumber !== null || staffName !== null
  return (
    <div>
      <dt>{isStaffed ? words.servedBy : words.department}</dt>
      <dd>
        {isStaffed ? (
          <>
            {staffNumber && `${words.staffNumber} ${staffNumber}　`}
            {staffName && `${staffName}　`}
          </>
        ) : (
          `${departmentName}　`
        )}
        {windowNumber && <span class="at-window">{words.atWindow(windowNumber)}</span>}
      </dd>
    </div>
  )
}
