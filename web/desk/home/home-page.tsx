import { DeskWaitingReviewsDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { NearestReviews } from './nearest-reviews.tsx'
import { Tally } from './tally.tsx'
import { WaitingCodes, WaitingDevices, WaitingMessages, WaitingReports, WaitingUnlinked } from './waiting.tsx'
import { homeWording } from './wording.ts'

/** What waits for whoever signs in (待办), by role, counted from the lists themselves. */
export function HomePage({ viewer, hallId }: PageProps) {
  const words = useWords(homeWording)
  const { role, isForWholeRegion } = viewer
  const scope = hallId ? { hallId, regionCode: null, departmentId: null, windowId: null } : null
  const answer = useAnswer(DeskWaitingReviewsDocument, { scope })
  const reviews = answer.data?.openNegativeReviews
  const nodes = reviews?.edges.map(({ node }) => node)
  const isBody = role === 'MANAGEMENT_BODY' || role === 'PROVINCIAL_BUREAU'
  const hasHall = isBody || role === 'HALL_SUPERVISOR'
  return (
    <>
      <h2>{words.waits}</h2>
      <ul className="tallies">
        <Tally
          label={words.reviews}
          count={nodes?.length}
          hasMore={reviews?.pageInfo.hasNextPage}
          path="/ratings"
          parameters={{ negative: 'yes' }}
          details={[
            [words.unseen, nodes?.filter(({ acknowledgedAt }) => !acknowledgedAt).length],
            [words.overdue, nodes?.filter(({ deadlines }) => deadlines.some(({ state }) => state === 'PASSED')).length],
          ]}
        />
        {hasHall && <WaitingCodes hallId={hallId} />}
        {(hasHall || role === 'AUDITOR') && <WaitingDevices hallId={hallId} />}
        {isBody && <WaitingUnlinked hallId={hallId} />}
        {isBody && isForWholeRegion && <WaitingReports />}
        {isBody && <WaitingMessages />}
      </ul>
      <div className="heading-row">
        <h2>{words.nearest}</h2>
        <a href="/wall">{words.toWall}</a>
      </div>
      <NearestReviews answer={answer} reviews={nodes} />
    </>
  )
}
