import { Button } from 'antd'
import { useState } from 'react'
import { DeskHallsWithoutCodeDocument, DeskStaffWithoutCodeDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { ApplyForm } from './apply-form.tsx'
import { codesWording } from './wording.ts'

/** Halls and members of staff without a static code (应设未设), to apply for them together. */
export function MissingCodes({ viewer, hallId }: PageProps) {
  const words = useWords(codesWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const isOfStaff = list.filter('of') === 'staff'
  const halls = useAnswer(DeskHallsWithoutCodeDocument, { after: list.after }, { isWanted: !isOfStaff })
  const staff = useAnswer(DeskStaffWithoutCodeDocument, { hallId, after: list.after }, { isWanted: isOfStaff })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [isApplying, setApplying] = useState(false)
  const selection = {
    columnWidth: 40,
    selectedRowKeys: [...chosen],
    onChange: (keys: readonly unknown[]) => setChosen(keys.map(String)),
    getCheckboxProps: (row: { id: string; name: string | null }) => ({ 'aria-label': row.name ?? row.id }),
    getTitleCheckboxProps: () => ({ 'aria-label': kit.all }),
  }

  return (
    <>
      <Filters
        list={list}
        names={['of']}
        actions={
          <>
            {chosen.length > 0 && <span className="chosen">{words.chosen(chosen.length)}</span>}
            <Button type="primary" disabled={chosen.length === 0} onClick={() => setApplying(true)}>
              {words.apply}
            </Button>
          </>
        }
      >
        <Choice
          list={list}
          name="of"
          label={words.forHalls}
          options={[{ value: 'staff', label: words.forStaff }]}
          width={180}
        />
      </Filters>
      {isOfStaff ? (
        <Ledger
          label={words.staffMissing}
          answer={staff}
          rows={staff.data?.staffWithoutStaticCode}
          list={list}
          empty={words.noneMissing}
          selection={selection}
          columns={[
            { key: 'number', title: words.staffNumber, dataIndex: 'staffNumber', width: 160 },
            { key: 'name', title: words.name, dataIndex: 'name', width: 200 },
            { key: 'department', title: words.department, render: (_, { department }) => department?.name },
          ]}
        />
      ) : (
        <Ledger
          label={words.hallsMissing}
          answer={halls}
          rows={halls.data?.hallsWithoutStaticCode}
          list={list}
          empty={words.noneMissing}
          selection={selection}
          columns={[
            { key: 'name', title: words.hall, dataIndex: 'name' },
            {
              key: 'kind',
              title: words.subject,
              width: 140,
              render: (_, { kind }) => (kind === 'STATION' ? words.station : words.hall),
            },
            { key: 'region', title: words.region, width: 220, render: (_, { region }) => region?.name },
          ]}
        />
      )}
      {isApplying && (
        <ApplyForm
          isOpen
          viewer={viewer}
          hallId={hallId}
          picked={{ kind: isOfStaff ? 'STAFF_MEMBER' : 'HALL', ids: chosen }}
          onClose={isDone => {
            setApplying(false)
            if (!isDone) return
            setChosen([])
            halls.again()
            staff.again()
          }}
        />
      )}
    </>
  )
}
