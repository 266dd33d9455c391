import type { ReceiptQuery } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { handlingSteps } from './handling-steps.ts'
import type { CitizenWording } from './wording.ts'

type WhatNextProps = {
  evaluation: NonNullable<ReceiptQuery['evaluation']>
  language: Language
  words: CitizenWording
}

/** What becomes of a rating (办理进度): nothing more to do for a good one, the steps with their limits for a bad one. */
export function WhatNext({ evaluation, language, words }: WhatNextProps) {
  const marks = { done: words.doneMark, now: words.nowMark, overdue: words.overdueMark, later: words.laterMark }
  const { isNegative, negativeReview } = evaluation
  return (
    <section>
      <h2>{words.whatNext}</h2>
      {!isNegative && <p>{words.goodNext}</p>}
      {isNegative && negativeReview?.state === 'INVALID' && <p>{words.invalidNext}</p>}
      {isNegative && negativeReview?.state !== 'INVALID' && (
        <ol class="steps">
          {handlingSteps(negativeReview, words, language).map(step => (
            <li class={step.state} key={step.text}>
              <span class="step-mark">{marks[step.state]}</span>
              <span class="step-text">
                {step.text}
                {step.by && <small>{step.by}</small>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
