import { DeskUnlinkedRatingsDocument, type RatingSubjectKind } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { RatingDetails } from '../ratings/rating-details.tsx'
import { type RatingRow, useRatingColumns } from '../ratings/ratings-page.tsx'
import { useWords } from '../speaking.tsx'
import { LinkCandidates } from './link-candidates.tsx'
import { unlinkedWording } from './wording.ts'

const filterNames = ['negative', 'subject', 'linked']
const subjects = ['STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM'] as const

/** Ratings without a case (未关联评价), and the cases that they may belong to. */
export function UnlinkedPage({ viewer, hallId }: PageProps) {
  const words = useWords(unlinkedWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const negative = list.filter('negative')
  const linked = list.filter('linked')
  const answer = useAnswer(DeskUnlinkedRatingsDocument, {
    filter: {
      isNegative: negative === null ? null : negative === 'yes',
      subjectKind: list.filter('subject') as RatingSubjectKind | null,
      isLinkedLater: linked === null ? null : linked === 'yes',
      hallId,
    },
    after: list.after,
  })
  const columns = useRatingColumns()
  const mayLink = viewer.role === 'MANAGEMENT_BODY' || viewer.role === 'PROVINCIAL_BUREAU'
  return (
    <>
      <Filters list={list} names={filterNames}>
        <Choice
          list={list}
          name="negative"
          label={words.negative}
          options={[
            { value: 'yes', label: words.onlyNegative },
            { value: 'no', label: words.onlyOthers },
          ]}
        />
        <Choice
          list={list}
          name="subject"
          label={words.subject}
          options={subjects.map(value => ({ value, label: kit.subject[value] }))}
        />
        <Choice
          list={list}
          name="linked"
          label={words.linked}
          options={[
            { value: 'no', label: words.isUnlinked },
            { value: 'yes', label: words.isLinked },
          ]}
        />
      </Filters>
      <Ledger<RatingRow>
        label={words.list}
        answer={answer}
        rows={answer.data?.unlinkedEvaluations}
        columns={columns}
        list={list}
        opens
        empty={filterNames.some(list.filter) || hallId ? kit.nothingFits : words.empty}
      />
      <RatingDetails id={list.openId} onClose={() => list.open(null)}>
        {rating =>
          mayLink &&
          !rating.isLinkedLater &&
          rating.subjectKind !== 'PLATFORM' && (
            <LinkCandidates key={rating.id} evaluationId={rating.id} onTied={answer.again} />
          )
        }
      </RatingDetails>
    </>
  )
}
