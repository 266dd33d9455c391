import type { ReceiptQuery } from '../kit/generated/operations.ts'
import { levelLabel } from '../kit/levels.ts'
import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { handlingSteps } from './handling-steps.ts'
import { citizenWording } from './wording.ts'

export type ReceiptPageProps = {
  frame: PageFrame
  path: string
  receiptNumber: string
  /** Null when the ratings service cannot be reached right now. */
  evaluation: ReceiptQuery['evaluation']
  /** Address under which the receipt number is asked for, in full. */
  followAddress: string
  isJustSubmitted: boolean
  /** The code that was rated, where this phone remembers it; forgetting then covers its page too. */
  token: string | null
}

/** The receipt (回执): its number, what was rated, what happens by when, how to follow it. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { frame, path, receiptNumber, evaluation, followAddress, isJustSubmitted, token } = props
  const { language } = frame
  const words = citizenWording[language]
  const title = isJustSubmitted ? words.receiptTitle : words.receiptFollowTitle
  return (
    <CitizenPage frame={frame} title={title} path={path}>
      <section class="receipt-head">
        <h1>
          {isJustSubmitted && (
            <svg class="tick" viewBox="0 0 32 32" aria-hidden="true">
              <circle cx="16" cy="16" r="14" />
              <path d="M9.5 16.5l4.5 4.5 8.5-9.5" />
            </svg>
          )}
          {title}
        </h1>
        <h2>{words.receiptNumber}</h2>
        <p class="receipt-number">{receiptNumber}</p>
        <p>{words.receiptSecret}</p>
      </section>
      {evaluation ? (
        <Rated evaluation={evaluation} frame={frame} />
      ) : (
        <section>
          <h2>{words.receiptUnavailable}</h2>
          <p>{words.receiptUnavailableRemedy}</p>
        </section>
      )}
      <section>
        <h2>{words.howToFollow}</h2>
        <p>{words.followAt}</p>
        <p class="address">{followAddress}</p>
        <form method="post" action="/receipt/forget" class="forget">
          <p class="hint">{words.forgetHint}</p>
          {token && <input type="hidden" name="token" value={token} />}
          <button type="submit" class="plain">
            {words.forget}
          </button>
        </form>
      </section>
    </CitizenPage>
  )
}

function Rated({ evaluation, frame }: { evaluation: NonNullable<ReceiptQuery['evaluation']>; frame: PageFrame }) {
  const { language } = frame
  const words = citizenWording[language]
  const marks = { done: words.doneMark, now: words.nowMark, overdue: words.overdueMark, later: words.laterMark }
  return (
    <>
      <section>
        <h2>{words.whatNext}</h2>
        {!evaluation.isNegative && <p>{words.goodNext}</p>}
        {evaluation.isNegative && evaluation.negativeReview?.state === 'INVALID' && <p>{words.invalidNext}</p>}
        {evaluation.isNegative && evaluation.negativeReview?.state !== 'INVALID' && (
          <ol class="steps">
            {handlingSteps(evaluation.negativeReview, words, language).map(step => (
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
      <section>
        <h2>{words.youRated}</h2>
        <dl class="subject">
          <div>
            <dt>{words.level}</dt>
            <dd>
              {evaluation.score} {levelLabel(evaluation.score, language)}
            </dd>
          </div>
          {evaluation.serviceCase?.matter && (
            <div>
              <dt>{words.matter}</dt>
              <dd>{evaluation.serviceCase.matter.name}</dd>
            </div>
          )}
          <div>
            <dt>{words.ratedAt}</dt>
            <dd>{shanghaiDayAndTime(evaluation.evaluatedAt, language)}</dd>
          </div>
          {evaluation.items.length > 0 && (
            <div>
              <dt>{words.items}</dt>
              <dd>
                {evaluation.items.map(item => (language === 'en' ? item.textEnglish : item.text)).join(words.semicolon)}
              </dd>
            </div>
          )}
          {evaluation.text && (
            <div>
              <dt>{words.words}</dt>
              <dd class="own-words">{evaluation.text}</dd>
            </div>
          )}
          <div>
            <dt>{words.shown}</dt>
            <dd>
              {evaluation.isPublic ? words.shownYes : words.shownNo}
              {words.comma}
              {evaluation.isAnonymous ? words.anonymousYes : words.anonymousNo}
            </dd>
          </div>
        </dl>
      </section>
    </>
  )
}
