import { Button } from 'antd'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import {
  type CallBackResult,
  type CallBackRowFragment,
  type EvaluationLevel,
  RecordCallBackDocument,
  RevealCallBackContactDocument,
  type RevealCallBackContactMutation,
} from '../../kit/generated/operations.ts'
import { levelLabel, levels } from '../../kit/levels.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Facts, LevelMark } from '../kit/marks.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { useLanguage, useWords } from '../speaking.tsx'
import { KeyChoice } from './key-choice.tsx'
import { phoneWording } from './wording.ts'

type Contact = Extract<
  RevealCallBackContactMutation['revealCallBackContact'],
  { __typename: 'RevealCallBackContactSuccess' }
>

const resultKeys = { NOT_REACHED: 'u', DENIED: 'x' } as const

type CallBackSheetProps = { callBack: CallBackRowFragment; onBack: () => void; onKept: (said: string) => void }

/** One person who is called back (回访): the script, and what he says by one key. */
export function CallBackSheet({ callBack, onBack, onKept }: CallBackSheetProps) {
  const words = useWords(phoneWording)
  const language = useLanguage()
  const sheet = useRef<HTMLElement>(null)
  const [contact, setContact] = useState<Contact | null>(null)
  const [note, setNote] = useState('')
  const reveal = useDeed(RevealCallBackContactDocument)
  const record = useDeed(RecordCallBackDocument)
  const { recordedLevel, matterName, hallName, departmentName } = callBack
  const evaluationId = callBack.evaluation.id
  const recorded = levels.find(({ level }) => level === recordedLevel)!

  // biome-ignore lint/correctness/useExhaustiveDependencies: one look for one call
  useEffect(() => {
    sheet.current?.focus()
    void reveal.run({ input: { evaluationId } }).then(done => {
      if (done?.revealCallBackContact.__typename === 'RevealCallBackContactSuccess') {
        setContact(done.revealCallBackContact)
      }
    })
  }, [evaluationId])

  async function keep(result: CallBackResult, statedLevel: EvaluationLevel | null) {
    if (record.isBusy) return
    const done = await record.run({ input: { evaluationId, result, statedLevel, note: note.trim() || null } })
    if (done?.recordCallBack.__typename === 'RecordCallBackSuccess') onKept(words.callBackKept(words.result[result]))
  }
  const state = (level: EvaluationLevel) => keep(level === recordedLevel ? 'CONFIRMED' : 'DIFFERENT', level)

  function takeKey(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.preventDefault()
      onBack()
      return
    }
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey || event.altKey) return
    const level = levels.find(({ score }) => String(score) === event.key)
    const result = (['NOT_REACHED', 'DENIED'] as const).find(each => resultKeys[each] === event.key.toLowerCase())
    if (level) void state(level.level)
    else if (result) void keep(result, null)
    else return
    event.preventDefault()
  }

  return (
    <section ref={sheet} className="rating-sheet" tabIndex={-1} aria-label={words.queue} onKeyDown={takeKey}>
      <p className="call-script">
        <strong>{words.script}</strong>
        <span>{words.callBackScript({ place: hallName ?? departmentName ?? '', matter: matterName ?? '' })}</span>
      </p>
      <div className="call-head">
        <span>
          {words.dial} <strong className="call-number">{contact?.contactPhone}</strong>
        </span>
        <strong>{contact && `${contact.contactName}（${words.relations[contact.relation]}）`}</strong>
        <span>
          {words.recordedLevel} <LevelMark score={recorded.score} />
        </span>
      </div>
      <Facts
        facts={[
          [words.ratedAt, deskTime(callBack.ratedAt)],
          [words.takenBy, `${callBack.operatorName} ${callBack.operatorContact ?? ''}`],
          [words.sourceLabel, words.source[callBack.source]],
          [words.lastCall, callBack.result && `${words.result[callBack.result]} · ${deskTime(callBack.calledAt)}`],
        ]}
      />
      <RefusalNote problem={reveal.problem ?? record.problem} />
      <KeyChoice
        label={words.callBackKeys}
        choices={levels.toReversed().map(({ level, score }) => ({
          key: String(score),
          text: levelLabel(score, language),
          isChosen: false,
          choose: () => void state(level),
        }))}
      />
      <KeyChoice
        label={words.resultLabel}
        choices={(['NOT_REACHED', 'DENIED'] as const).map(result => ({
          key: resultKeys[result],
          text: words.result[result],
          isChosen: false,
          choose: () => void keep(result, null),
        }))}
      />
      <div className="contact-fields">
        <label className="is-wide">
          {words.note}
          <input value={note} maxLength={200} autoComplete="off" onChange={event => setNote(event.target.value)} />
        </label>
      </div>
      <Button onClick={onBack}>
        {words.back} <kbd>Esc</kbd>
      </Button>
    </section>
  )
}
