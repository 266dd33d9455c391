import type { BenchClient } from '../harness/hub-under-test.ts'
import type { ScreenAsk } from '../harness/screen.ts'
import type { ServicePoint } from '../harness/service-points.ts'

/** What a wall shows of a bad rating, and what a small display in a corridor does. */
const selections = {
  wall: `id state score isAnonymous openedAt acknowledgedAt acknowledgedBy department { name } hall { name } window { number }
    staffMember { staffNumber } serviceCase { matter { name } } deadlines { id kind state startedAt dueAt }`,
  corridor: 'id state score openedAt hall { name } window { number } deadlines { kind dueAt }',
}

const documentOf = (selection: string) => `subscription Wall($scope: FeedScope, $after: String) {
  negativeReviews(scope: $scope, after: $after) {
    epoch position previousPosition kind at negativeReview { ${selection} }
  }
}`

/** Five kinds of viewers, each of whom may see what happens at the point. */
export function viewersOf({ regionPath, hallId, windowId, departmentId }: ServicePoint): BenchClient[] {
  const province = `/${regionPath.split('/')[1]}/`
  const viewer = (scope: Omit<BenchClient['scope'], 'reach'>): BenchClient => ({
    role: 'FRONTEND_CLIENT',
    scope: { reach: 'REGION', ...scope },
  })
  return [
    viewer({ regionPath: province }),
    viewer({ regionPath }),
    viewer({ regionPath, hallId }),
    viewer({ regionPath, departmentId }),
    viewer({ regionPath, hallId, windowId }),
  ]
}

/** Fifty different things to ask, all of which show an event at the point: five viewers, five narrowings, two documents. */
export function fiftyAsks(point: ServicePoint, keys: string[]): ScreenAsk[] {
  const { hallId, departmentId, windowId } = point
  const narrowings = [null, { hallId }, { departmentId }, { windowId }, { hallId, departmentId }]
  return Object.values(selections).flatMap(selection =>
    narrowings.flatMap(scope =>
      keys.map(authorization => ({ query: documentOf(selection), variables: { scope }, authorization })),
    ),
  )
}
