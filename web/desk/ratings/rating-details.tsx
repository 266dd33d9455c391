import { Alert, Drawer, Image, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import {
  DeskRatingDocument,
  type DeskRatingQuery,
  type DeskSubRatingsFragment,
  type GoodOrPoor,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { Clock } from '../kit/clock.tsx'
import { deskTime } from '../kit/desk-time.ts'
import { Facts, LevelMark } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { ReviewState } from './review-state.tsx'
import { ratingsWording } from './wording.ts'

type Rating = NonNullable<DeskRatingQuery['evaluation']>

type RatingDetailsProps = { id: string | null; onClose: () => void; children?: (rating: Rating) => ReactNode }

/** Everything about one rating that this viewer may see (评价详情). */
export function RatingDetails({ id, onClose, children }: RatingDetailsProps) {
  const words = useWords(ratingsWording)
  const { data, isLoading, isOutdated } = useAnswer(DeskRatingDocument, { id: id ?? '' }, { isWanted: id !== null })
  const rating = !isOutdated && data?.evaluation?.id === id ? data.evaluation : null
  return (
    <Drawer open={id !== null} onClose={onClose} size={640} title={words.details} destroyOnHidden>
      {(isLoading || isOutdated) && <Skeleton active />}
      {data && !data.evaluation && !isOutdated && <Alert type="info" title={words.notFound} />}
      {rating && <RatingFacts rating={rating} />}
      {rating && children?.(rating)}
    </Drawer>
  )
}

function RatingFacts({ rating }: { rating: Rating }) {
  const words = useWords(ratingsWording)
  const kit = useWords(kitWording)
  const { serviceCase, negativeReview, supplement } = rating
  const others = serviceCase?.evaluations?.filter(({ id }) => id !== rating.id) ?? []
  return (
    <div className="details">
      <p className="details-level">
        <LevelMark score={rating.score} />
        {rating.round === 2 && <span className="quiet">{words.second}</span>}
        {rating.isAboutRectification && <span className="quiet">{words.aboutRectification}</span>}
      </p>
      <Items items={rating.items} />
      {rating.text && <p className="said">{rating.text}</p>}
      {rating.pictures.length > 0 && (
        <Image.PreviewGroup>
          <div className="pictures">
            {rating.pictures.map(({ id, url, thumbnailUrl }, index) => (
              <Image key={id} src={thumbnailUrl} preview={{ src: url }} height={96} alt={words.picture(index + 1)} />
            ))}
          </div>
        </Image.PreviewGroup>
      )}
      {rating.subRatings && <SubRatings given={rating.subRatings} />}
      {supplement && (
        <section>
          <h2>
            {words.supplement} <small className="quiet">{deskTime(supplement.supplementedAt)}</small>
          </h2>
          <Items items={supplement.items} />
          {supplement.text && <p className="said">{supplement.text}</p>}
          {supplement.subRatings && <SubRatings given={supplement.subRatings} />}
        </section>
      )}
      {negativeReview && (
        <section>
          <h2>{words.review}</h2>
          <Facts
            facts={[
              [words.caseState, <ReviewState key="state" state={negativeReview.state} />],
              [words.opened, deskTime(negativeReview.openedAt)],
              [
                words.acknowledged,
                negativeReview.acknowledgedAt
                  ? `${negativeReview.acknowledgedBy} ${deskTime(negativeReview.acknowledgedAt)}`
                  : words.notAcknowledged,
              ],
              [
                words.clocks,
                <span key="clocks" className="clocks" title={words.clockHint}>
                  {negativeReview.deadlines.map(deadline => (
                    <Clock key={deadline.id} deadline={deadline} />
                  ))}
                </span>,
              ],
            ]}
          />
        </section>
      )}
      <h2>{words.given}</h2>
      <Facts
        facts={[
          [words.time, deskTime(rating.evaluatedAt)],
          [words.receivedAt, rating.committedAt === rating.evaluatedAt ? null : deskTime(rating.committedAt)],
          [words.channel, kit.channel[rating.channel]],
          [words.identified, rating.identifiedBy && words.identification[rating.identifiedBy]],
          [
            words.openness,
            `${rating.isPublic ? words.isPublic : words.isPrivate} · ${rating.isAnonymous ? words.anonymous : words.named}`,
          ],
          [words.subject, `${kit.subject[rating.subjectKind]}${rating.isLinkedLater ? ` · ${words.linkedLater}` : ''}`],
          [words.department, rating.department?.name],
          [words.hall, rating.hall?.name],
          [words.window, rating.window?.number],
          [words.staff, [rating.staffMember?.staffNumber, rating.staffMember?.name].filter(part => part).join(' ')],
          [words.staticCode, rating.staticCode?.printedId],
          [words.terminal, rating.terminalNumber],
        ]}
      />
      {serviceCase && (
        <section>
          <h2>{words.case}</h2>
          <Facts
            facts={[
              [words.matter, serviceCase.matter?.name],
              [words.caseNumber, serviceCase.caseNumber],
              [
                words.caseState,
                `${words.serviceCaseState[serviceCase.state]}${serviceCase.state === 'CLOSED' ? ` · ${words.caseOutcome[serviceCase.outcome]}` : ''}`,
              ],
              [
                words.applicant,
                serviceCase.applicant &&
                  [serviceCase.applicant.maskedName, serviceCase.applicant.maskedPhone].filter(part => part).join(' '),
              ],
              [words.queue, serviceCase.queueNumber],
              [words.accepted, serviceCase.acceptedAt && deskTime(serviceCase.acceptedAt)],
              [words.promised, serviceCase.promisedAt && deskTime(serviceCase.promisedAt)],
              [words.legal, serviceCase.legalLimitAt && deskTime(serviceCase.legalLimitAt)],
              [words.closed, serviceCase.closedAt && deskTime(serviceCase.closedAt)],
              [words.above, serviceCase.isAboveLegalLimit && <span className="alarm-word">{kit.yes}</span>],
              [words.source, serviceCase.sourceSystem],
            ]}
          />
        </section>
      )}
      {others.map(other => (
        <section key={other.id}>
          <h2>
            {words.otherRound(other.round)} <small className="quiet">{deskTime(other.evaluatedAt)}</small>
          </h2>
          <LevelMark score={other.score} />
          {other.text && <p className="said">{other.text}</p>}
        </section>
      ))}
    </div>
  )
}

function Items({ items }: { items: Rating['items'] }) {
  const language = useLanguage()
  if (items.length === 0) return null
  return (
    <ul className="tags">
      {items.map(item => (
        <li key={item.code}>{language === 'zh' ? item.text : item.textEnglish}</li>
      ))}
    </ul>
  )
}

function SubRatings({ given }: { given: DeskSubRatingsFragment }) {
  const words = useWords(ratingsWording)
  const kit = useWords(kitWording)
  const judged = (value: GoodOrPoor | null, reason: string | null) =>
    value && [value === 'GOOD' ? words.good : words.poor, reason].filter(part => part).join(' · ')
  const alleged = (value: boolean | null) =>
    value === null ? null : value ? <span className="alarm-word">{kit.yes}</span> : kit.no
  return (
    <section>
      <h2>{words.apart}</h2>
      <Facts
        facts={[
          [words.environment, judged(given.environment, given.environmentReason)],
          [words.attitude, judged(given.attitude, given.attitudeReason)],
          [words.overcharged, alleged(given.isOvercharged)],
          [words.intermediary, alleged(given.isIntermediaryForced)],
        ]}
      />
    </section>
  )
}
