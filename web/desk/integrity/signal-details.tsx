import { Alert, App, Button, Drawer, Skeleton } from 'antd'
import { useState } from 'react'
import {
  DeskDecideSignalDocument,
  DeskSignalDetailsDocument,
  type DeskSignalDetailsQuery,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Facts } from '../kit/marks.tsx'
import { ReasonForm } from '../kit/reason-form.tsx'
import { useLanguage, useWords } from '../speaking.tsx'
import { EvidenceList } from './evidence-list.tsx'
import { SignalState } from './signal-state.tsx'
import { useSubjectWords } from './subject-words.ts'
import { integrityWording } from './wording.ts'

export type SignalWithEvidence = NonNullable<DeskSignalDetailsQuery['integritySignal']>

type SignalDetailsProps = { id: string | null; onClose: () => void; onDecided: () => void }

/** One signal with its evidence, and the decision about it (线索详情). */
export function SignalDetails({ id, onClose, onDecided }: SignalDetailsProps) {
  const words = useWords(integrityWording)
  const { data, isLoading, again } = useAnswer(
    DeskSignalDetailsDocument,
    { id: id ?? '', after: null },
    { isWanted: id !== null },
  )
  const signal = data?.integritySignal?.id === id ? data.integritySignal : null
  return (
    <Drawer open={id !== null} onClose={onClose} size={760} title={words.details} destroyOnHidden>
      {isLoading && <Skeleton active />}
      {data && !data.integritySignal && <Alert type="info" title={words.notFound} />}
      {signal && (
        <OpenSignal
          key={signal.id}
          signal={signal}
          onChanged={() => {
            again()
            onDecided()
          }}
        />
      )}
    </Drawer>
  )
}

function OpenSignal({ signal, onChanged }: { signal: SignalWithEvidence; onChanged: () => void }) {
  const words = useWords(integrityWording)
  const language = useLanguage()
  const subjectOf = useSubjectWords()
  const [named, setNamed] = useState<string[] | null>(null)
  const isChinese = language === 'zh'
  return (
    <div className="details">
      <h2>{words.kind[signal.kind]}</h2>
      <p className="finding">{isChinese ? signal.finding : signal.findingEnglish}</p>
      <Facts
        facts={[
          [words.stateFilter, <SignalState key="state" state={signal.state} />],
          [words.strength, signal.strength],
          [words.subject, subjectOf(signal)],
          [words.period, `${deskTime(signal.from)} – ${deskTime(signal.until)}`],
          [words.rule, isChinese ? signal.rule : signal.ruleEnglish],
          [words.noticed, deskTime(signal.noticedAt)],
          [words.updated, signal.updatedAt === signal.noticedAt ? null : deskTime(signal.updatedAt)],
          [words.decidedBy, signal.decidedBy],
          [words.decidedAt, signal.decidedAt && deskTime(signal.decidedAt)],
          [words.decisionReason, signal.decisionReason],
        ]}
      />
      {signal.state === 'OPEN' && signal.canDecide && <Decision signal={signal} named={named} onDecided={onChanged} />}
      {signal.state === 'OPEN' && !signal.canDecide && <p className="quiet">{words.cannotDecide}</p>}
      <h2>{`${words.evidence} ${signal.evidenceCount || ''}`}</h2>
      {signal.evidenceCount === 0 ? (
        <p>{words.noEvidence}</p>
      ) : (
        <EvidenceList signal={signal} named={named} onName={setNamed} onChanged={onChanged} />
      )}
    </div>
  )
}

type DecisionProps = { signal: SignalWithEvidence; named: string[] | null; onDecided: () => void }

function Decision({ signal, named, onDecided }: DecisionProps) {
  const words = useWords(integrityWording)
  const { message } = App.useApp()
  const [asked, setAsked] = useState<'CONFIRM' | 'DISMISS' | null>(null)
  const deed = useDeed(DeskDecideSignalDocument)
  const isConfirming = asked !== 'DISMISS'
  const close = () => {
    deed.forget()
    setAsked(null)
  }
  const decide = async (reason: string) => {
    const input = { id: signal.id, isConfirmed: isConfirming, reason, evaluationIds: isConfirming ? named : null }
    if (!(await deed.run({ input }))) return
    message.success(isConfirming ? words.confirmed : words.dismissed)
    close()
    onDecided()
  }
  return (
    <div className="decide">
      <Button danger onClick={() => setAsked('CONFIRM')}>
        {words.confirm}
      </Button>
      <Button onClick={() => setAsked('DISMISS')}>{words.dismiss}</Button>
      <ReasonForm
        isOpen={asked !== null}
        title={isConfirming ? words.confirmTitle(named?.length ?? signal.evidenceCount) : words.dismissTitle}
        hint={isConfirming ? words.confirmHint : words.dismissHint}
        label={words.reason}
        action={isConfirming ? words.confirm : words.dismiss}
        problem={deed.problem}
        isBusy={deed.isBusy}
        onClose={close}
        onReason={decide}
      />
    </div>
  )
}
