import { App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import {
  DeskMandatesDocument,
  type DeskMandatesQuery,
  DeskRevokeMandateDocument,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { StateMark, type StateTone } from '../kit/marks.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { MandateForm } from './mandate-form.tsx'
import { mandatesWording } from './wording.ts'

type Mandate = DeskMandatesQuery['agentMandates']['edges'][number]['node']
type Standing = 'inForce' | 'future' | 'over' | 'revoked'

const shanghaiDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })
const tones: Record<Standing, StateTone> = { inForce: 'good', future: 'waiting', over: 'over', revoked: 'bad' }

/** Days are `yyyy-mm-dd`, so their order is that of their texts. */
function standingOf({ revokedAt, validFrom, validUntil }: Mandate, today: string): Standing {
  if (revokedAt) return 'revoked'
  if (today < validFrom) return 'future'
  return today > validUntil ? 'over' : 'inForce'
}

/** Mandates of agents (企业办事人授权): record, revoke. */
export function MandatesPage() {
  const words = useWords(mandatesWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const { message } = App.useApp()
  const [isRecording, setRecording] = useState(false)
  const answer = useAnswer(DeskMandatesDocument, { after: list.after })
  const revoke = useDeed(DeskRevokeMandateDocument)
  const today = shanghaiDay.format(new Date())
  const revoked = async (id: string) => {
    if (!(await revoke.run({ input: { id } }))) return
    message.success(words.revokeDone)
    answer.again()
  }
  return (
    <>
      <Filters
        list={list}
        names={[]}
        actions={
          <Button type="primary" onClick={() => setRecording(true)}>
            {words.record}
          </Button>
        }
      />
      <RefusalNote problem={revoke.problem} />
      <Ledger
        label={words.list}
        answer={answer}
        rows={answer.data?.agentMandates}
        list={list}
        empty={words.empty}
        columns={[
          {
            key: 'organisation',
            title: words.organisation,
            render: (_, { organisationName, maskedCreditCode }) => (
              <div className="two-lines">
                <span>{organisationName}</span>
                <span className="quiet">{maskedCreditCode}</span>
              </div>
            ),
          },
          { key: 'agent', title: words.agent, dataIndex: 'maskedAgent', width: '16%' },
          {
            key: 'validity',
            title: words.validity,
            width: 190,
            render: (_, mandate) => {
              const standing = standingOf(mandate, today)
              return (
                <div className="two-lines">
                  <StateMark tone={tones[standing]}>{words[standing]}</StateMark>
                  <span className="quiet">
                    {mandate.validFrom} {words.to} {mandate.validUntil}
                  </span>
                </div>
              )
            },
          },
          {
            key: 'evidence',
            title: words.evidence,
            render: (_, { evidence }) => <span className="clamp">{evidence}</span>,
          },
          { key: 'recorded', title: words.recorded, width: 140, render: (_, { recordedAt }) => deskTime(recordedAt) },
          {
            key: 'revoke',
            title: kit.actions,
            width: 90,
            align: 'right',
            render: (_, { id, revokedAt }) =>
              !revokedAt && (
                <Popconfirm
                  title={words.revokeTitle}
                  description={words.revokeHint}
                  okText={words.revoke}
                  cancelText={kit.cancel}
                  onConfirm={() => revoked(id)}
                >
                  <Button size="small" danger>
                    {words.revoke}
                  </Button>
                </Popconfirm>
              ),
          },
        ]}
      />
      <MandateForm
        isOpen={isRecording}
        onClose={isDone => {
          setRecording(false)
          if (isDone) answer.again()
        }}
      />
    </>
  )
}
