import type { ReceiptQuery } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import type { CitizenWording } from './wording.ts'

type NegativeReview = NonNullable<NonNullable<ReceiptQuery['evaluation']>['negativeReview']>

export type HandlingStep = { text: string; by: string; state: 'done' | 'now' | 'overdue' | 'later' }

const order = ['DISPATCHED', 'RECTIFYING', 'CHECKING', 'EVALUATOR_TOLD', 'CLOSED']

/**
 * What happens with a bad rating, by when, and how far it has come (差评办理进度). Without the handling at hand, because its service cannot be reached,
 * the limits that the rules promise are told instead of nothing.
 */
export function handlingSteps(
  review: NegativeReview | null,
  words: CitizenWording,
  language: Language,
): HandlingStep[] {
  const reached = order.indexOf(review?.state ?? 'DISPATCHED')
  const clock = (kind: NegativeReview['deadlines'][number]['kind']) =>
    review?.deadlines.find(deadline => deadline.kind === kind)
  const dueBy = (kind: NegativeReview['deadlines'][number]['kind'], otherwise: string) => {
    const deadline = clock(kind)
    return deadline ? words.by(shanghaiDayAndTime(deadline.dueAt, language)) : otherwise
  }
  const stateAt = (index: number, kind?: NegativeReview['deadlines'][number]['kind']): HandlingStep['state'] => {
    if (reached > index) return 'done'
    if (reached < index) return 'later'
    return kind && clock(kind)?.state === 'PASSED' ? 'overdue' : 'now'
  }
  return [
    { text: words.stepSent, by: '', state: 'done' },
    { text: words.stepVerify, by: dueBy('VERIFICATION', words.stepVerifyBy), state: stateAt(0, 'VERIFICATION') },
    { text: words.stepRectify, by: dueBy('RECTIFICATION', words.stepRectifyBy), state: stateAt(1, 'RECTIFICATION') },
    { text: words.stepCheck, by: dueBy('QUALITY_CHECK', ''), state: stateAt(2, 'QUALITY_CHECK') },
    { text: words.stepTell, by: words.stepTellBy, state: reached >= 3 ? 'done' : 'later' },
  ]
}
