import { Alert, Drawer } from 'antd'
import { DeskPressureReportsDocument } from '../../kit/generated/operations.ts'
import { addressOf } from '../address.ts'
import { useAnswer } from '../graph.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { Facts, LevelMark } from '../kit/marks.tsx'
import { useWords } from '../speaking.tsx'
import { pressureWording } from './wording.ts'

/** Reports of pressure or retaliation (施压举报), for the competent body alone. */
export function PressurePage() {
  const words = useWords(pressureWording)
  const list = useListAddress()
  const answer = useAnswer(DeskPressureReportsDocument, { after: list.after })
  const rows = answer.data?.pressureReports
  const open = rows?.edges.find(({ node }) => node.id === list.openId)?.node
  return (
    <>
      <Alert type="info" title={words.sealed} />
      <Ledger
        label={words.list}
        answer={answer}
        rows={rows}
        list={list}
        opens
        empty={words.empty}
        columns={[
          {
            key: 'number',
            title: words.number,
            width: 170,
            render: (_, { reportNumber }) => <span className="printed-id">{reportNumber}</span>,
          },
          { key: 'kind', title: words.kind, width: 180, render: (_, { kind }) => words.pressureKind[kind] },
          { key: 'text', title: words.text, render: (_, { text }) => <span className="clamp">{text}</span> },
          { key: 'department', title: words.department, width: '18%', render: (_, { department }) => department?.name },
          { key: 'reported', title: words.reported, width: 146, render: (_, { reportedAt }) => deskTime(reportedAt) },
        ]}
      />
      <Drawer open={open !== undefined} onClose={() => list.open(null)} size={560} title={words.list} destroyOnHidden>
        {open && (
          <div className="details">
            <p className="printed-id">{open.reportNumber}</p>
            <p className="said">{open.text}</p>
            <Facts
              facts={[
                [words.kind, words.pressureKind[open.kind]],
                [words.reported, deskTime(open.reportedAt)],
                [words.contact, open.contactPhone ?? words.noContact],
                [words.department, open.department?.name],
                [
                  words.rating,
                  open.evaluation && (
                    <a
                      key="rating"
                      data-desk-link
                      href={addressOf('/ratings', new URLSearchParams({ open: open.evaluation.id }))}
                    >
                      <LevelMark score={open.evaluation.score} /> {deskTime(open.evaluation.evaluatedAt)}
                    </a>
                  ),
                ],
              ]}
            />
          </div>
        )}
      </Drawer>
    </>
  )
}
