import { CitizenPage } from '../citizen/citizen-page.tsx'
import { type Problem, ProblemBox } from '../citizen/problem-box.tsx'
import type { RatingDraft } from '../citizen/rating-draft.ts'
import { RatingFields } from '../citizen/rating-fields.tsx'
import { citizenWording } from '../citizen/wording.ts'
import type { OwnFollowUpQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { meWording } from './wording.ts'

export type AppendPageProps = {
  frame: PageFrame
  evaluation: NonNullable<OwnFollowUpQuery['evaluation']>
  form: NonNullable<OwnFollowUpQuery['followUpForm']>
  isAboutRectification: boolean
  draft: RatingDraft
  problem: Problem | null
  isMoreOpen: boolean
}

/** The second rating of one's own case (追评), or that of how a bad one was put right. */
export function AppendPage(props: AppendPageProps) {
  const { frame, evaluation, form, isAboutRectification, draft, problem, isMoreOpen } = props
  const words = meWording[frame.language]
  const citizen = citizenWording[frame.language]
  const { serviceCase } = evaluation
  const path = `/me/append/${evaluation.id}`
  const title = isAboutRectification ? words.rectificationTitle : words.appendTitle
  return (
    <CitizenPage frame={frame} title={title} path={path}>
      {serviceCase && (
        <dl class="subject">
          {serviceCase.matter && (
            <div class="matter">
              <dt>{citizen.matter}</dt>
              <dd>{serviceCase.matter.name}</dd>
            </div>
          )}
          <div>
            <dt>{citizen.caseNumber}</dt>
            <dd class="number">{serviceCase.caseNumber}</dd>
          </div>
        </dl>
      )}
      <p class="hint append-hint">{words.appendHint}</p>
      <form method="post" action={path}>
        <ProblemBox problem={problem} language={frame.language} />
        <RatingFields
          question={isAboutRectification ? words.rectificationQuestion : words.appendQuestion}
          form={form}
          draft={draft}
          asksRelation={false}
          asksContact={false}
          isMoreOpen={isMoreOpen}
          language={frame.language}
          words={citizen}
        />
        <div class="bar">
          <button type="submit">{citizen.submit}</button>
        </div>
      </form>
      <p>
        <a href="/me">{words.backToList}</a>
      </p>
    </CitizenPage>
  )
}
