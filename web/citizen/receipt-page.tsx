import type { ComponentChildren } from 'preact'
import type { ReceiptQuery } from '../kit/generated/operations.ts'
import { levelLabel } from '../kit/levels.ts'
import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import type { PageFrame } from '../serving/page.tsx'
import { Answered } from './answered.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { emptyPressure, type PressureDraft } from './pressure-draft.ts'
import { PressureForm } from './pressure-form.tsx'
import type { Problem } from './problem-box.tsx'
import { emptyDraft, type RatingDraft } from './rating-draft.ts'
import { SupplementForm } from './supplement-form.tsx'
import { WhatNext } from './what-next.tsx'
import { type CitizenWording, citizenWording } from './wording.ts'

type Evaluation = NonNullable<ReceiptQuery['evaluation']>

export type ReceiptPageProps = {
  frame: PageFrame
  path: string
  receiptNumber: string
  /** Null when the ratings service cannot be reached right now. */
  evaluation: ReceiptQuery['evaluation']
  /** What may still be done with it; null when that cannot be told now. */
  followUp: ReceiptQuery['followUpForm']
  /** Address under which the receipt number is asked for, in full. */
  followAddress: string
  isJustSubmitted: boolean
  /** The code that was rated, where this phone remembers it; forgetting then covers its page too. */
  token: string | null
  /** A form of this page that came back to be corrected. */
  supplement?: { draft: RatingDraft; problem: Problem }
  pressure?: { draft: PressureDraft; problem: Problem }
}

/** The receipt (回执): its number, what was rated, what happens by when, what may still be added or reported, how to follow it. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { frame, path, receiptNumber, evaluation, followUp, followAddress, isJustSubmitted, token } = props
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
      {evaluation && followUp?.canSupplement && (
        <SupplementForm
          receiptNumber={receiptNumber}
          level={evaluation.level}
          form={followUp}
          draft={props.supplement?.draft ?? emptyDraft}
          problem={props.supplement?.problem ?? null}
          language={language}
          words={words}
        />
      )}
      {evaluation ? (
        <>
          <WhatNext evaluation={evaluation} language={language} words={words} />
          {followUp?.canAppend && <SecondRating receiptNumber={receiptNumber} words={words} />}
          <Rated evaluation={evaluation} frame={frame} words={words} />
        </>
      ) : (
        <section>
          <h2>{words.receiptUnavailable}</h2>
          <p>{words.receiptUnavailableRemedy}</p>
        </section>
      )}
      <PressureForm
        receiptNumber={receiptNumber}
        draft={props.pressure?.draft ?? emptyPressure}
        problem={props.pressure?.problem ?? null}
        language={language}
        words={words}
      />
      <section>
        <h2>{words.howToFollow}</h2>
        <p>{words.followAt}</p>
        <p class="address">{followAddress}</p>
        <p>
          {words.followSignIn} <a href="/me">{words.myRatings}</a>
        </p>
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

function SecondRating({ receiptNumber, words }: { receiptNumber: string; words: CitizenWording }) {
  return (
    <section>
      <h2>{words.secondTitle}</h2>
      <form method="post" action="/receipt/second/form">
        <p class="hint">{words.secondHint}</p>
        <input type="hidden" name="receiptNumber" value={receiptNumber} />
        <button type="submit" class="plain">
          {words.secondOpen}
        </button>
      </form>
    </section>
  )
}

function Rated({ evaluation, frame, words }: { evaluation: Evaluation; frame: PageFrame; words: CitizenWording }) {
  const { language } = frame
  const { serviceCase, staticCode, supplement } = evaluation
  const ratedName = serviceCase?.matter?.name ?? staticCode?.place.name
  const others = serviceCase?.evaluations?.filter(other => other.id !== evaluation.id) ?? []
  const itemNames = (items: Evaluation['items']) =>
    items.map(item => (language === 'en' ? item.textEnglish : item.text)).join(words.semicolon)
  return (
    <section>
      <h2>{words.youRated}</h2>
      <dl class="subject">
        <Line name={words.level}>
          {evaluation.score} {levelLabel(evaluation.score, language)}
          {evaluation.round > 1 &&
            ` · ${evaluation.isAboutRectification ? words.aboutRectification : words.secondTitle}`}
        </Line>
        {ratedName && <Line name={serviceCase ? words.matter : words.rated}>{ratedName}</Line>}
        <Line name={words.ratedAt}>{shanghaiDayAndTime(evaluation.evaluatedAt, language)}</Line>
        {evaluation.items.length > 0 && <Line name={words.items}>{itemNames(evaluation.items)}</Line>}
        {evaluation.text && (
          <Line name={words.words} isOwn>
            {evaluation.text}
          </Line>
        )}
        <Answered answers={evaluation.subRatings} words={words} />
        <Line name={words.shown}>
          {evaluation.isPublic ? words.shownYes : words.shownNo}
          {words.comma}
          {evaluation.isAnonymous ? words.anonymousYes : words.anonymousNo}
        </Line>
        {supplement && (
          <>
            <Line name={words.supplemented}>{shanghaiDayAndTime(supplement.supplementedAt, language)}</Line>
            {supplement.items.length > 0 && <Line name={words.items}>{itemNames(supplement.items)}</Line>}
            {supplement.text && (
              <Line name={words.words} isOwn>
                {supplement.text}
              </Line>
            )}
            <Answered answers={supplement.subRatings} words={words} />
          </>
        )}
        {others.map(other => (
          <Line name={words.roundNames[other.round > 1 ? 'second' : 'first']} key={other.id}>
            {other.score} {levelLabel(other.score, language)} · {shanghaiDayAndTime(other.evaluatedAt, language)}
            {other.isAboutRectification && ` · ${words.aboutRectification}`}
          </Line>
        ))}
      </dl>
      {evaluation.pictures.length > 0 && (
        <ul class="shown-pictures" aria-label={words.pictures}>
          {evaluation.pictures.map((picture, index) => (
            <li key={picture.id}>
              <a href={picture.url}>
                <img src={picture.thumbnailUrl} alt={words.picture(index + 1)} loading="lazy" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Line(props: { name: string; isOwn?: boolean; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd class={props.isOwn ? 'own-words' : undefined}>{props.children}</dd>
    </div>
  )
}
