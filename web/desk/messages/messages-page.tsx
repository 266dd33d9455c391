import { DeskMessagesDocument, type MessageKind, type MessageState } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { StateMark, type StateTone } from '../kit/marks.tsx'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { OptOutForm } from './opt-out-form.tsx'
import { messagesWording } from './wording.ts'

const tones: Record<MessageState, StateTone> = {
  QUEUED: 'waiting',
  SENT: 'waiting',
  DELIVERED: 'good',
  FAILED: 'bad',
  SUPPRESSED: 'over',
}
const readers = ['MANAGEMENT_BODY', 'PROVINCIAL_BUREAU', 'AUDITOR']

/** Messages to citizens (短信记录), phones masked, and the wish of a phone to get none. */
export function MessagesPage({ viewer }: PageProps) {
  return (
    <>
      {readers.includes(viewer.role) && <MessageLedger />}
      {viewer.role !== 'AUDITOR' && <OptOutForm />}
    </>
  )
}

const filterNames = ['state', 'kind']

function MessageLedger() {
  const words = useWords(messagesWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const answer = useAnswer(DeskMessagesDocument, {
    filter: { state: list.filter('state') as MessageState | null, kind: list.filter('kind') as MessageKind | null },
    after: list.after,
  })
  return (
    <>
      <Filters list={list} names={filterNames}>
        <Choice
          list={list}
          name="state"
          label={words.state}
          options={Object.entries(words.messageState).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          list={list}
          name="kind"
          label={words.kind}
          width={180}
          options={Object.entries(words.messageKind).map(([value, label]) => ({ value, label }))}
        />
      </Filters>
      <Ledger
        label={words.list}
        answer={answer}
        rows={answer.data?.messages}
        list={list}
        empty={filterNames.some(list.filter) ? kit.nothingFits : words.empty}
        columns={[
          {
            key: 'state',
            title: words.state,
            width: 150,
            render: (_, { state, fault }) => (
              <div className="two-lines">
                <StateMark tone={tones[state]}>{words.messageState[state]}</StateMark>
                {fault && <span className="quiet">{words.cause[fault] ?? fault}</span>}
              </div>
            ),
          },
          { key: 'kind', title: words.kind, width: 140, render: (_, { kind }) => words.messageKind[kind] },
          { key: 'phone', title: words.phone, dataIndex: 'maskedPhone', width: 130 },
          {
            key: 'case',
            title: words.case,
            render: (_, { serviceCase }) =>
              serviceCase && (
                <div className="two-lines">
                  <span>{serviceCase.matter?.name}</span>
                  <span className="quiet">{serviceCase.caseNumber}</span>
                </div>
              ),
          },
          { key: 'queued', title: words.queued, width: 140, render: (_, { queuedAt }) => deskTime(queuedAt) },
          {
            key: 'sent',
            title: words.sent,
            width: 140,
            responsive: ['xl'],
            render: (_, { sentAt }) => deskTime(sentAt),
          },
          {
            key: 'delivered',
            title: words.delivered,
            width: 140,
            render: (_, { deliveredAt }) => deskTime(deliveredAt),
          },
          { key: 'attempts', title: words.attempts, dataIndex: 'attempts', width: 72, align: 'right' },
        ]}
      />
    </>
  )
}
