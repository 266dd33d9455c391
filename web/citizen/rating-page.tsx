import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { Later } from './later.tsx'
import { Place } from './place.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import { ProofField } from './proof-field.tsx'
import type { RatingDraft } from './rating-draft.ts'
import { RatingFields } from './rating-fields.tsx'
import { Subject } from './subject.tsx'
import { Unseen } from './unseen.tsx'
import { citizenWording } from './wording.ts'

export type RatingPageProps = {
  frame: PageFrame
  token: string
  form: RatingFormQuery['ratingForm']
  draft: RatingDraft
  problem: Problem | null
  /** The problem lies among what is folded away. */
  isMoreOpen: boolean
  /** A static code whose scan was not counted yet. */
  isUnseen: boolean
}

/**
 * The rating form (评价页), the same for every kind of code. Everything works by plain form posting, and the script only smooths it.
 */
export function RatingPage({ frame, token, form, draft, problem, isMoreOpen, isUnseen }: RatingPageProps) {
  const { language } = frame
  const words = citizenWording[language]
  const path = `/r/${token}`
  const isUnlinked = form.subjectKind !== null && form.subjectKind !== 'CASE'
  return (
    <CitizenPage frame={frame} title={words.rateTitle} path={path}>
      {form.subject && <Subject subject={form.subject} words={words} />}
      {!form.subject && form.place && <Place place={form.place} words={words} />}
      <form method="post" action={path} id="rating" enctype="multipart/form-data" data-pictures={`${path}/pictures`}>
        <ProblemBox problem={problem} language={language} />
        {isUnseen && <Unseen token={token} />}
        <input type="hidden" name="formTicket" value={form.formTicket ?? draft.formTicket} />
        {form.isProofRequired && <ProofField value={draft.phoneLastFour} words={words} />}
        <RatingFields
          question={questionOf(form.subjectKind, words)}
          form={form}
          draft={draft}
          asksRelation={!isUnlinked}
          asksContact={isUnlinked}
          isMoreOpen={isMoreOpen}
          language={language}
          words={words}
        />
        <div class="bar">
          <p class="said" role="status" id="said" />
          <button type="submit">{words.submit}</button>
        </div>
      </form>
      <Later kind={form.kind} words={words} />
    </CitizenPage>
  )
}

function questionOf(kind: RatingFormQuery['ratingForm']['subjectKind'], words: (typeof citizenWording)['zh']): string {
  if (kind === 'PLATFORM') return words.platformQuestion
  return kind === null || kind === 'CASE' ? words.levelQuestion : words.placeQuestion
}
