import {
  DeskWaitingCodesDocument,
  DeskWaitingDevicesDocument,
  DeskWaitingMessagesDocument,
  DeskWaitingReportsDocument,
  DeskWaitingUnlinkedDocument,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useWords } from '../speaking.tsx'
import { Tally } from './tally.tsx'
import { homeWording } from './wording.ts'

const nothing = {}

/** Applications to decide, and codes that are scanned no more. */
export function WaitingCodes({ hallId }: { hallId: string | null }) {
  const words = useWords(homeWording)
  const { data } = useAnswer(DeskWaitingCodesDocument, { hallId })
  return (
    <>
      <Tally
        label={words.requests}
        count={data?.requested.edges.length}
        hasMore={data?.requested.pageInfo.hasNextPage}
        path="/static-codes"
        parameters={{ state: 'REQUESTED' }}
      />
      <Tally
        label={words.scanDrops}
        count={data?.inUse.edges.filter(({ node }) => node.isScanDropSuspected).length}
        hasMore={data?.inUse.pageInfo.hasNextPage}
        path="/static-codes"
        parameters={{ state: 'ACTIVE' }}
      />
    </>
  )
}

/** Devices that need somebody, and windows that need one. */
export function WaitingDevices({ hallId }: { hallId: string | null }) {
  const words = useWords(homeWording)
  const { data } = useAnswer(DeskWaitingDevicesDocument, { hallId })
  return (
    <>
      <Tally
        label={words.faulty}
        count={data?.faulty.edges.length}
        hasMore={data?.faulty.pageInfo.hasNextPage}
        path="/devices"
        parameters={{ state: 'FAULTY' }}
      />
      <Tally
        label={words.silent}
        count={data?.silent.edges.length}
        hasMore={data?.silent.pageInfo.hasNextPage}
        path="/devices"
        parameters={{ state: 'IN_SERVICE', online: 'no' }}
      />
      <Tally
        label={words.without}
        count={data?.without.edges.length}
        hasMore={data?.without.pageInfo.hasNextPage}
        path="/devices"
        parameters={{ tab: 'windows' }}
      />
    </>
  )
}

/** Ratings that wait for their case. */
export function WaitingUnlinked({ hallId }: { hallId: string | null }) {
  const words = useWords(homeWording)
  const { data } = useAnswer(DeskWaitingUnlinkedDocument, { hallId })
  const found = data?.unlinkedEvaluations
  return (
    <Tally
      label={words.unlinked}
      count={found?.edges.length}
      hasMore={found?.pageInfo.hasNextPage}
      path="/unlinked"
      parameters={{ linked: 'no' }}
    />
  )
}

/** Reports for the competent body. */
export function WaitingReports() {
  const words = useWords(homeWording)
  const { data } = useAnswer(DeskWaitingReportsDocument, nothing)
  const found = data?.pressureReports
  return (
    <Tally label={words.reports} count={found?.edges.length} hasMore={found?.pageInfo.hasNextPage} path="/pressure" />
  )
}

/** Messages that never went out. */
export function WaitingMessages() {
  const words = useWords(homeWording)
  const { data } = useAnswer(DeskWaitingMessagesDocument, nothing)
  const found = data?.messages
  return (
    <Tally
      label={words.failed}
      count={found?.edges.length}
      hasMore={found?.pageInfo.hasNextPage}
      path="/messages"
      parameters={{ state: 'FAILED' }}
    />
  )
}
