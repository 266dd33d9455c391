import './phone.css'
import { App } from 'antd'
import {
  type CallBackRowFragment,
  type CallBackState,
  CallBacksDocument,
  type PhoneRatingSource,
} from '../../kit/generated/operations.ts'
import { levels } from '../../kit/levels.ts'
import { useAnswer } from '../graph.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { LevelMark, StateMark } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { CallBackSheet } from './call-back-sheet.tsx'
import { OperatorTable } from './operator-table.tsx'
import { phoneWording } from './wording.ts'

const filterNames = ['state', 'mismatch', 'source']

/** The province's page (回访核对): ratings by telephone to be checked by a call, and the operators who took them. */
export function CallBacksPage({ viewer }: PageProps) {
  return (
    <>
      {viewer.role === 'PROVINCIAL_BUREAU' && <CallBackQueue />}
      <OperatorTable />
    </>
  )
}

const scoreOf = (level: CallBackRowFragment['recordedLevel']) => levels.find(each => each.level === level)!.score

function CallBackQueue() {
  const words = useWords(phoneWording)
  const kit = useWords(kitWording)
  const { message } = App.useApp()
  const list = useListAddress()
  const state = (list.filter('state') ?? 'OPEN') as CallBackState
  const isMismatch = list.filter('mismatch') === 'yes' ? true : null
  const answer = useAnswer(CallBacksDocument, {
    filter: {
      state: isMismatch ? null : state,
      isMismatch,
      source: list.filter('source') as PhoneRatingSource | null,
    },
    after: list.after,
  })
  const page = answer.data?.callBacks
  const rows = page && {
    ...page,
    edges: page.edges.map(({ node }) => ({ node: { ...node, id: node.evaluation.id } })),
  }
  const open = rows?.edges.find(({ node }) => node.id === list.openId)?.node
  if (open) {
    return (
      <CallBackSheet
        key={open.id}
        callBack={open}
        onBack={() => list.open(null)}
        onKept={said => {
          message.success(said)
          list.open(null)
          answer.again()
        }}
      />
    )
  }
  return (
    <>
      <h2>
        {words.queue} {page && <span className="quiet">{words.openCount(page.openCount)}</span>}
      </h2>
      <Filters list={list} names={filterNames}>
        <Choice
          list={list}
          name="state"
          label={words.stateLabel}
          options={[
            { value: 'OPEN', label: words.openCount(page?.openCount ?? 0) },
            { value: 'DONE', label: words.state.DONE },
          ]}
        />
        <Choice
          list={list}
          name="mismatch"
          label={words.mismatchOnly}
          options={[{ value: 'yes', label: words.mismatchOnly }]}
        />
        <Choice
          list={list}
          name="source"
          label={words.sourceLabel}
          options={Object.entries(words.source).map(([value, label]) => ({ value, label }))}
        />
      </Filters>
      <Ledger
        label={words.queue}
        answer={answer}
        rows={rows}
        list={list}
        opens
        empty={filterNames.some(list.filter) ? kit.nothingFits : words.emptyCallBacks}
        columns={[
          {
            key: 'level',
            title: words.recordedLevel,
            width: 140,
            render: (_, row) => <LevelMark score={scoreOf(row.recordedLevel)} />,
          },
          {
            key: 'result',
            title: words.resultLabel,
            width: 170,
            render: (_, row) =>
              row.result && (
                <div className="two-lines">
                  <StateMark tone={row.isMismatch ? 'bad' : row.result === 'CONFIRMED' ? 'good' : 'waiting'}>
                    {words.result[row.result]}
                  </StateMark>
                  <span className="quiet">
                    {words.calls} {words.times(row.attempts)}
                  </span>
                </div>
              ),
          },
          {
            key: 'stated',
            title: words.stated,
            width: 130,
            render: (_, row) => row.statedLevel && <LevelMark score={scoreOf(row.statedLevel)} />,
          },
          {
            key: 'matter',
            title: words.place,
            render: (_, row) => (
              <div className="two-lines">
                <span>{row.matterName}</span>
                <span className="quiet">{row.hallName ?? row.departmentName}</span>
              </div>
            ),
          },
          { key: 'phone', title: words.contact, dataIndex: 'maskedContactPhone', width: 130 },
          {
            key: 'operator',
            title: words.takenBy,
            width: 190,
            render: (_, row) => (
              <div className="two-lines">
                <span>{row.operatorName}</span>
                <span className="quiet">{words.source[row.source]}</span>
              </div>
            ),
          },
          { key: 'ratedAt', title: words.ratedAt, width: 140, render: (_, row) => deskTime(row.ratedAt) },
        ]}
      />
    </>
  )
}
