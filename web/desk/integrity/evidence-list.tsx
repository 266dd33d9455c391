import { Button, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { useClient } from 'urql'
import { DeskSignalDetailsDocument } from '../../kit/generated/operations.ts'
import { asRegistered } from '../graph-client.ts'
import { LevelMark, StateMark } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import { RatingDetails } from '../ratings/rating-details.tsx'
import { useWords } from '../speaking.tsx'
import { RatingValidity } from './rating-validity.tsx'
import type { SignalWithEvidence } from './signal-details.tsx'
import { integrityWording } from './wording.ts'

type Rating = SignalWithEvidence['evidence']['edges'][number]['node']

/** To the second: what lies seconds apart is the sign. */
const toTheSecond = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

type EvidenceListProps = {
  signal: SignalWithEvidence
  /** Ratings that shall become invalid; null for all. */
  named: string[] | null
  onName: (ids: string[] | null) => void
  onChanged: () => void
}

/** The ratings that a signal rests on (线索所涉评价): each can be opened, and left out of the decision. */
export function EvidenceList({ signal, named, onName, onChanged }: EvidenceListProps) {
  const words = useWords(integrityWording)
  const kit = useWords(kitWording)
  const [openId, setOpenId] = useState<string | null>(null)
  const { ratings, hasMore, loadMore } = useAllEvidence(signal)
  const mayName = signal.state === 'OPEN' && signal.canDecide
  const columns: TableColumnsType<Rating> = [
    { title: words.level, width: 128, render: (_, { score }) => <LevelMark score={score} /> },
    { title: words.time, width: 168, render: (_, { evaluatedAt }) => toTheSecond.format(new Date(evaluatedAt)) },
    {
      title: words.case,
      render: (_, { channel, serviceCase, window, staffMember }) => (
        <>
          {[serviceCase?.caseNumber, window && kit.window(window.number), staffMember?.staffNumber]
            .filter(part => part)
            .join(' · ')}
          <span className="quiet"> {kit.channel[channel]}</span>
        </>
      ),
    },
    {
      title: words.validity,
      width: 84,
      render: (_, { validity }) =>
        validity.state === 'INVALID' ? <StateMark tone="bad">{words.invalid}</StateMark> : words.valid,
    },
    {
      title: <span className="unseen">{words.look}</span>,
      width: 80,
      render: (_, { id }) => (
        <Button size="small" onClick={() => setOpenId(id)}>
          {words.look}
        </Button>
      ),
    },
  ]
  return (
    <>
      {mayName && <p className="quiet">{hasMore ? words.evidenceLoading : words.evidenceHint}</p>}
      <Table<Rating>
        className="evidence"
        rowKey="id"
        size="small"
        dataSource={ratings}
        columns={columns}
        pagination={false}
        rowSelection={
          mayName
            ? {
                selectedRowKeys: named ?? ratings.map(({ id }) => id),
                onChange: keys => onName(keys.length === ratings.length ? null : keys.map(String)),
                getCheckboxProps: () => ({ disabled: hasMore }),
              }
            : undefined
        }
      />
      {hasMore && <Button onClick={loadMore}>{words.more}</Button>}
      <RatingDetails id={openId} onClose={() => setOpenId(null)}>
        {({ id }) => <RatingValidity evaluationId={id} onChanged={onChanged} />}
      </RatingDetails>
    </>
  )
}

/** The first page comes with the signal, the others are asked for. */
function useAllEvidence(signal: SignalWithEvidence) {
  const client = useClient()
  const [further, setFurther] = useState<{ ratings: Rating[]; pageInfo: SignalWithEvidence['evidence']['pageInfo'] }>()
  const { hasNextPage, endCursor } = further?.pageInfo ?? signal.evidence.pageInfo
  const loadMore = async () => {
    const variables = { id: signal.id, after: endCursor }
    const { data } = await client.query(asRegistered(DeskSignalDetailsDocument), variables as never).toPromise()
    const evidence = (data as { integritySignal: SignalWithEvidence | null } | undefined)?.integritySignal?.evidence
    if (!evidence) return
    const before = further?.ratings ?? []
    setFurther({ ratings: [...before, ...evidence.edges.map(({ node }) => node)], pageInfo: evidence.pageInfo })
  }
  const ratings = [...signal.evidence.edges.map(({ node }) => node), ...(further?.ratings ?? [])]
  return { ratings, hasMore: hasNextPage, loadMore }
}
