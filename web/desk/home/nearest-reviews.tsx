import { Empty, Skeleton, Table } from 'antd'
import type { DeskWaitingReviewsQuery } from '../../kit/generated/operations.ts'
import { addressOf, go } from '../address.ts'
import type { Answer } from '../graph.ts'
import { Clock } from '../kit/clock.tsx'
import { LevelMark } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import { ReviewState } from '../ratings/review-state.tsx'
import { useWords } from '../speaking.tsx'
import { homeWording } from './wording.ts'

type Review = DeskWaitingReviewsQuery['openNegativeReviews']['edges'][number]['node']

/** Most rows that the first page shows; the rest stands in the list of ratings. */
const most = 10

type NearestReviewsProps = { answer: Answer<unknown>; reviews: Review[] | undefined }

/** The bad ratings with least time left, each with every running clock. */
export function NearestReviews({ answer, reviews }: NearestReviewsProps) {
  const words = useWords(homeWording)
  const kit = useWords(kitWording)
  if (!reviews) return answer.isLoading ? <Skeleton active title={false} paragraph={{ rows: 6 }} /> : null
  const open = ({ evaluation }: Review) => {
    if (evaluation) go('/ratings', new URLSearchParams({ open: evaluation.id }))
  }
  return (
    <section className="ledger" aria-label={words.nearest}>
      <Table<Review>
        rowKey="id"
        size="small"
        tableLayout="fixed"
        pagination={false}
        dataSource={reviews.slice(0, most)}
        locale={{ emptyText: <Empty image={null} description={words.nearestEmpty} /> }}
        onRow={review => ({
          tabIndex: 0,
          'data-desk-row': review.id,
          onClick: event => {
            if (!(event.target as Element).closest('a, button')) open(review)
          },
          onKeyDown: event => {
            if (event.key === 'Enter' && event.target === event.currentTarget) open(review)
          },
        })}
        columns={[
          {
            key: 'level',
            title: words.level,
            width: 150,
            render: (_, { score, evaluation }) =>
              evaluation ? (
                <a
                  className="row-link"
                  data-desk-link
                  href={addressOf('/ratings', new URLSearchParams({ open: evaluation.id }))}
                >
                  <LevelMark score={score} />
                </a>
              ) : (
                <LevelMark score={score} />
              ),
          },
          {
            key: 'place',
            title: words.place,
            render: (_, { department, hall, window }) => (
              <div className="two-lines">
                <span>{department?.name}</span>
                <span className="quiet">
                  {[hall?.name, window && kit.window(window.number)].filter(part => part).join(' · ')}
                </span>
              </div>
            ),
          },
          {
            key: 'state',
            title: words.state,
            width: 160,
            render: (_, { state, acknowledgedAt }) => (
              <div className="two-lines">
                <ReviewState state={state} />
                <span className="quiet">{acknowledgedAt ? words.acknowledged : words.notAcknowledged}</span>
              </div>
            ),
          },
          {
            key: 'clocks',
            title: words.clocks,
            width: 230,
            render: (_, { deadlines }) => (
              <span className="clocks">
                {deadlines.map(deadline => (
                  <Clock key={deadline.id} deadline={deadline} />
                ))}
              </span>
            ),
          },
        ]}
      />
    </section>
  )
}
