import { App, Button } from 'antd'
import { useState } from 'react'
import {
  DeskDecideStaticCodesDocument,
  type DeskStaticCodeFragment,
  DeskStaticCodesDocument,
  type RatingSubjectKind,
  type StaticCodeState,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { Choice, Filters, SearchField } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { ReasonForm } from '../kit/reason-form.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { ApplyForm } from './apply-form.tsx'
import { useCodeColumns } from './code-columns.tsx'
import { CodeDetails } from './code-details.tsx'
import type { CodeRights } from './code-rights.ts'
import { PrintHall } from './print-form.tsx'
import { codesWording } from './wording.ts'

const filterNames = ['state', 'subject', 'search']
const subjects = ['STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM'] as const

/** The ledger of static codes (静态码台账), with what may be done to them. */
export function CodeLedger({ viewer, hallId, rights }: PageProps & { rights: CodeRights }) {
  const words = useWords(codesWording)
  const kit = useWords(kitWording)
  const list = useListAddress()
  const { message } = App.useApp()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [open, setOpen] = useState<'APPLY' | 'REFUSE' | null>(null)
  const answer = useAnswer(DeskStaticCodesDocument, {
    filter: {
      state: list.filter('state') as StaticCodeState | null,
      subjectKind: list.filter('subject') as RatingSubjectKind | null,
      hallId,
      departmentId: null,
      search: list.filter('search'),
    },
    after: list.after,
  })
  const decide = useDeed(DeskDecideStaticCodesDocument)
  const columns = useCodeColumns()

  const decided = async (isGranted: boolean, reason: string | null) => {
    const done = await decide.run({ input: { ids: [...chosen], isGranted, reason } })
    if (!done) return
    message.success(isGranted ? words.granted(chosen.length) : words.refusedDone(chosen.length))
    setChosen([])
    setOpen(null)
    answer.again()
  }

  return (
    <>
      <Filters
        list={list}
        names={filterNames}
        actions={
          <>
            {chosen.length > 0 && (
              <>
                <span className="chosen">{words.chosen(chosen.length)}</span>
                <Button onClick={() => decided(true, null)} loading={decide.isBusy}>
                  {words.grant}
                </Button>
                <Button danger onClick={() => setOpen('REFUSE')}>
                  {words.refuse}
                </Button>
              </>
            )}
            {(hallId ?? viewer.hall?.id) && <PrintHall hallId={(hallId ?? viewer.hall?.id)!} />}
            {rights.applies && (
              <Button type="primary" onClick={() => setOpen('APPLY')}>
                {words.apply}
              </Button>
            )}
          </>
        }
      >
        <SearchField list={list} name="search" label={words.search} />
        <Choice
          list={list}
          name="state"
          label={words.state}
          options={Object.entries(words.codeState).map(([value, label]) => ({ value, label }))}
        />
        <Choice
          list={list}
          name="subject"
          label={words.subject}
          options={subjects.map(value => ({ value, label: kit.subject[value] }))}
        />
      </Filters>
      {open === null && <RefusalNote problem={decide.problem} />}
      <Ledger<DeskStaticCodeFragment>
        label={words.list}
        answer={answer}
        rows={answer.data?.staticCodes}
        columns={columns}
        list={list}
        opens
        empty={filterNames.some(list.filter) || hallId ? kit.nothingFits : words.empty}
        {...(rights.decides
          ? {
              selection: {
                columnWidth: 40,
                selectedRowKeys: [...chosen],
                onChange: keys => setChosen(keys.map(String)),
                getCheckboxProps: ({ state, printedId }) => ({
                  disabled: state !== 'REQUESTED',
                  'aria-label': printedId,
                }),
                getTitleCheckboxProps: () => ({ 'aria-label': kit.all }),
              },
            }
          : {})}
      />
      <CodeDetails id={list.openId} rights={rights} onClose={() => list.open(null)} onChange={answer.again} />
      <ApplyForm
        isOpen={open === 'APPLY'}
        viewer={viewer}
        hallId={hallId}
        onClose={isDone => {
          setOpen(null)
          if (isDone) answer.again()
        }}
      />
      <ReasonForm
        isOpen={open === 'REFUSE'}
        title={words.refuseTitle(chosen.length)}
        label={words.refuseReason}
        action={words.refuse}
        problem={decide.problem}
        isBusy={decide.isBusy}
        onClose={() => {
          decide.forget()
          setOpen(null)
        }}
        onReason={reason => decided(false, reason)}
      />
    </>
  )
}
