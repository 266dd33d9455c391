import { App, Button } from 'antd'
import { useState } from 'react'
import { DeskRatingValidityDocument, DeskRevalidateRatingDocument } from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { StateMark } from '../kit/marks.tsx'
import { ReasonForm } from '../kit/reason-form.tsx'
import { useWords } from '../speaking.tsx'
import { integrityWording } from './wording.ts'

/** Whether a rating counts, every decision about it, and taking one back (效力认定记录). */
export function RatingValidity({ evaluationId, onChanged }: { evaluationId: string; onChanged: () => void }) {
  const words = useWords(integrityWording)
  const { message } = App.useApp()
  const { data, again } = useAnswer(DeskRatingValidityDocument, { id: evaluationId })
  const [isAsked, setAsked] = useState(false)
  const deed = useDeed(DeskRevalidateRatingDocument)
  const validity = data?.evaluation?.validity
  if (!validity || validity.history.length === 0) return null
  const takeBack = async (reason: string) => {
    if (!(await deed.run({ input: { evaluationId, reason } }))) return
    message.success(words.revalidated)
    setAsked(false)
    again()
    onChanged()
  }
  return (
    <section>
      <h2>{words.history}</h2>
      <ol className="validity">
        {validity.history.map(({ id, isRevocation, source, reason, decidedAt, decidedBy }) => (
          <li key={id}>
            <StateMark tone={isRevocation ? 'good' : 'bad'}>
              {isRevocation ? words.revoked : words.madeInvalid}
            </StateMark>
            <p>{reason}</p>
            <p className="quiet">
              {[words.source[source], decidedBy, deskTime(decidedAt)].filter(part => part).join(' · ')}
            </p>
          </li>
        ))}
      </ol>
      {validity.source === 'INTEGRITY_SIGNAL' && <Button onClick={() => setAsked(true)}>{words.revalidate}</Button>}
      <ReasonForm
        isOpen={isAsked}
        title={words.revalidate}
        hint={words.revalidateHint}
        label={words.reason}
        action={words.revalidate}
        problem={deed.problem}
        isBusy={deed.isBusy}
        onClose={() => {
          deed.forget()
          setAsked(false)
        }}
        onReason={takeBack}
      />
    </section>
  )
}
