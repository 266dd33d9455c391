import { refusal } from '../../../shared/error-catalogue.ts'
import { saveCalendarYear as save } from '../../actions/keep-calendar.ts'
import type { CasesContext } from '../../context.ts'
import type { CalendarYearInput } from '../../domain/calendar-input.ts'
import { calendarYearShown } from '../calendar-year.ts'

export async function saveCalendarYear(_: unknown, { input }: { input: CalendarYearInput }, context: CasesContext) {
  const answer = await save(context, input)
  if ('refused' in answer) return { __typename: 'NotPermitted', ...refusal(answer.refused) }
  if ('problems' in answer) {
    return { __typename: 'InvalidInput', ...refusal('INVALID_INPUT'), problems: answer.problems }
  }
  return { __typename: 'SaveCalendarYearSuccess', calendarYear: calendarYearShown(answer.saved) }
}
