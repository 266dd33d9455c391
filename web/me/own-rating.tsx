import { handlingSteps } from '../citizen/handling-steps.ts'
import { citizenWording } from '../citizen/wording.ts'
import type { AnsweredFragment, OwnRatingFragment } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import { levelLabel } from '../kit/levels.ts'
import { shanghaiDayAndTime } from '../kit/shanghai-time.ts'
import { meWording } from './wording.ts'

type OwnRatingProps = { rating: OwnRatingFragment; language: Language; isOpen: boolean }

/** One of a person's own ratings (本人评价): level and day in one line, everything he gave and what became of it behind it. */
export function OwnRating({ rating, language, isOpen }: OwnRatingProps) {
  const words = meWording[language]
  const title = rating.isAboutRectification
    ? words.aboutRectification
    : rating.round === 1
      ? words.firstRating
      : words.secondRating
  return (
    <details class="own-rating" open={isOpen}>
      <summary>
        <span>
          {title}
          {words.colon}
          <strong>
            {rating.score} {levelLabel(rating.score, language)}
          </strong>{' '}
          <small>{shanghaiDayAndTime(rating.evaluatedAt, language)}</small>
        </span>
      </summary>
      <Given rating={rating} language={language} />
      {rating.isNegative && <WhatBecame rating={rating} language={language} />}
    </details>
  )
}

function Given({ rating, language }: { rating: OwnRatingFragment; language: Language }) {
  const words = meWording[language]
  const citizen = citizenWording[language]
  const { supplement } = rating
  return (
    <>
      <dl class="subject">
        <Answers {...rating} language={language} />
        <div>
          <dt>{citizen.shown}</dt>
          <dd>
            {rating.isPublic ? citizen.shownYes : citizen.shownNo}
            {citizen.comma}
            {rating.isAnonymous ? citizen.anonymousYes : citizen.anonymousNo}
          </dd>
        </div>
      </dl>
      {rating.pictures.length > 0 && (
        <ul class="own-pictures">
          {rating.pictures.map((picture, index) => (
            <li key={picture.id}>
              <a href={picture.url}>
                <img
                  src={picture.thumbnailUrl}
                  alt={words.pictureOf(index + 1, rating.pictures.length)}
                  loading="lazy"
                />
              </a>
            </li>
          ))}
        </ul>
      )}
      {supplement && (
        <>
          <h3>
            {words.supplement} <small>{shanghaiDayAndTime(supplement.supplementedAt, language)}</small>
          </h3>
          <dl class="subject">
            <Answers {...supplement} language={language} />
          </dl>
        </>
      )}
    </>
  )
}

type AnswersProps = {
  items: OwnRatingFragment['items']
  text: string | null
  subRatings: AnsweredFragment | null
  language: Language
}

function Answers({ items, text, subRatings, language }: AnswersProps) {
  const citizen = citizenWording[language]
  return (
    <>
      {items.length > 0 && (
        <div>
          <dt>{citizen.items}</dt>
          <dd>{items.map(item => (language === 'en' ? item.textEnglish : item.text)).join(citizen.semicolon)}</dd>
        </div>
      )}
      {text && (
        <div>
          <dt>{citizen.words}</dt>
          <dd class="own-words">{text}</dd>
        </div>
      )}
      {subRatings &&
        answeredApart(subRatings, language).map(([question, answer]) => (
          <div key={question}>
            <dt>{question}</dt>
            <dd>{answer}</dd>
          </div>
        ))}
    </>
  )
}

/** Questions apart (分项评价) that were answered, each with its answer in words. */
function answeredApart(answered: AnsweredFragment, language: Language): [string, string][] {
  const words = meWording[language]
  const citizen = citizenWording[language]
  const judged = (judgement: 'GOOD' | 'POOR' | null, reason: string | null) =>
    judgement && [judgement === 'GOOD' ? words.good : words.poor, reason].filter(Boolean).join(citizen.comma)
  const affirmed = (answer: boolean | null) => (answer === null ? null : answer ? citizen.yes : citizen.no)
  const answers: [string, string | null][] = [
    [words.subRatings.environment, judged(answered.environment, answered.environmentReason)],
    [words.subRatings.attitude, judged(answered.attitude, answered.attitudeReason)],
    [words.subRatings.isOvercharged, affirmed(answered.isOvercharged)],
    [words.subRatings.isIntermediaryForced, affirmed(answered.isIntermediaryForced)],
  ]
  return answers.filter((entry): entry is [string, string] => entry[1] !== null)
}

/** What became of a bad rating (差评办理进度), with its clocks in words, as on the receipt. */
function WhatBecame({ rating, language }: { rating: OwnRatingFragment; language: Language }) {
  const words = citizenWording[language]
  const marks = { done: words.doneMark, now: words.nowMark, overdue: words.overdueMark, later: words.laterMark }
  return (
    <>
      <h3>{meWording[language].whatBecame}</h3>
      {rating.negativeReview?.state === 'INVALID' ? (
        <p>{words.invalidNext}</p>
      ) : (
        <ol class="steps">
          {handlingSteps(rating.negativeReview, words, language).map(step => (
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
    </>
  )
}
