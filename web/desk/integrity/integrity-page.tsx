import type { TableColumnsType } from 'antd'
import {
  type DeskSignalFragment,
  DeskSignalsDocument,
  type IntegrityKind,
  type IntegrityState,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { type ListAddress, useListAddress } from '../kit/list-address.ts'
import { kitWording } from '../kit/wording.ts'
import type { PageProps } from '../pages.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { FiguresCard } from './figures-card.tsx'
import { SignalDetails } from './signal-details.tsx'
import { SignalState } from './signal-state.tsx'
import { useSubjectWords } from './subject-words.ts'
import { integrityWording } from './wording.ts'

const filterNames = ['state', 'kind']

/** Signals of rigging to be decided (异常评价线索), or the figures with and without them. */
export function IntegrityPage({ hallId }: PageProps) {
  const words = useWords(integrityWording)
  const list = useListAddress()
  const isFigures = list.filter('view') === 'figures'
  return (
    <>
      <nav className="views" aria-label={words.view}>
        {([false, true] as const).map(isThat => (
          <button
            key={String(isThat)}
            type="button"
            aria-current={isThat === isFigures ? 'page' : undefined}
            onClick={() => list.narrow({ view: isThat ? 'figures' : null })}
          >
            {isThat ? words.figures : words.signals}
          </button>
        ))}
      </nav>
      {isFigures ? <FiguresCard list={list} hallId={hallId} /> : <Signals list={list} hallId={hallId} />}
    </>
  )
}

function Signals({ list, hallId }: { list: ListAddress; hallId: string | null }) {
  const words = useWords(integrityWording)
  const kit = useWords(kitWording)
  const columns = useColumns()
  const wanted = list.filter('state') ?? 'OPEN'
  const answer = useAnswer(DeskSignalsDocument, {
    filter: {
      state: wanted === 'ALL' ? null : (wanted as IntegrityState),
      kind: list.filter('kind') as IntegrityKind | null,
      hallId,
    },
    after: list.after,
  })
  return (
    <>
      <Filters list={list} names={filterNames}>
        <Choice
          list={list}
          name="state"
          label={`${words.stateFilter}: ${words.state.OPEN}`}
          options={[
            ...(['CONFIRMED', 'DISMISSED'] as const).map(value => ({ value, label: words.state[value] })),
            { value: 'ALL', label: words.allStates },
          ]}
        />
        <Choice
          list={list}
          name="kind"
          label={words.kindFilter}
          width={200}
          options={Object.entries(words.kind).map(([value, label]) => ({ value, label }))}
        />
      </Filters>
      <Ledger<DeskSignalFragment>
        label={words.list}
        answer={answer}
        rows={answer.data?.integritySignals}
        columns={columns}
        list={list}
        opens
        empty={filterNames.some(list.filter) || hallId ? kit.nothingFits : words.empty}
      />
      <SignalDetails id={list.openId} onClose={() => list.open(null)} onDecided={answer.again} />
    </>
  )
}

function useColumns(): TableColumnsType<DeskSignalFragment> {
  const words = useWords(integrityWording)
  const language = useLanguage()
  const subjectOf = useSubjectWords()
  return [
    {
      title: <span title={words.strengthHint}>{words.strength}</span>,
      width: 96,
      render: (_, { strength }) => <b className="strength">{strength}</b>,
    },
    {
      title: words.finding,
      render: (_, { kind, finding, findingEnglish }) => (
        <>
          <b>{words.kind[kind]}</b>
          <p className="quiet">{language === 'zh' ? finding : findingEnglish}</p>
        </>
      ),
    },
    { title: words.subject, width: 240, render: (_, signal) => subjectOf(signal) },
    { title: words.evidence, width: 96, align: 'right', render: (_, { evidenceCount }) => evidenceCount || '—' },
    { title: words.noticed, width: 148, render: (_, { noticedAt }) => deskTime(noticedAt) },
    { title: words.stateFilter, width: 124, render: (_, { state }) => <SignalState state={state} /> },
  ]
}
