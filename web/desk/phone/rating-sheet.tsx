import { Button } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import {
  type EvaluatorRelation,
  type PhoneFormFragment,
  type PhoneRatingSource,
  SubmitPhoneEvaluationDocument,
} from '../../kit/generated/operations.ts'
import { levelLabel, levels } from '../../kit/levels.ts'
import { useDeed } from '../kit/deed.ts'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { useLanguage, useWords } from '../speaking.tsx'
import { KeyChoice } from './key-choice.tsx'
import {
  answerKeys,
  draftAfterKey,
  emptyDraft,
  itemKeys,
  itemsOf,
  nextQuestion,
  type RatingDraft,
  withItem,
  withLevel,
} from './rating-draft.ts'
import { phoneWording } from './wording.ts'

/** What is rated on the phone. */
export type CalledService = {
  caseId: string
  serviceNumber: number
  matterName: string
  place: string
  form: PhoneFormFragment
}

type RatingSheetProps = {
  service: CalledService
  source: PhoneRatingSource
  /** Offered to be corrected. */
  contact: { name: string; phone: string }
  onSent: (said: string) => void
  onBack: () => void
  /** Keys that the form does not take, e.g. outcomes of a call; true when it was one. */
  onOtherKey?: (key: string) => boolean
  children?: ReactNode
}

const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof HTMLInputElement
    ? target.type !== 'checkbox'
    : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement

/** The form of a rating by telephone (电话评价表单): everything by keys, the next question to be read aloud on top. */
export function RatingSheet({ service, source, contact, onSent, onBack, onOtherKey, children }: RatingSheetProps) {
  const words = useWords(phoneWording)
  const language = useLanguage()
  const sheet = useRef<HTMLElement>(null)
  const [draft, setDraft] = useState<RatingDraft>(emptyDraft)
  const [name, setName] = useState(contact.name)
  const [phone, setPhone] = useState(contact.phone)
  const [relation, setRelation] = useState<EvaluatorRelation>('APPLICANT')
  const [text, setText] = useState('')
  const [isHinted, setHinted] = useState(false)
  const submit = useDeed(SubmitPhoneEvaluationDocument)
  const { form, matterName, place } = service
  const question = nextQuestion(draft, form)
  const isComplete = question === 'CONTACT' && name.trim() !== '' && phone.trim() !== ''
  useEffect(() => sheet.current?.focus(), [])

  async function send() {
    if (submit.isBusy) return
    setHinted(!isComplete)
    if (!isComplete) return
    const { level, items, environment, attitude, isPublic, isAnonymous } = draft
    const isFull = form.depth === 'FULL'
    const { caseId, serviceNumber } = service
    const done = await submit.run({
      input: {
        ...{ caseId, serviceNumber, source, level: level!, items: [...items], relation, isPublic, isAnonymous },
        subRatings: isFull ? { environment, attitude } : null,
        text: text.trim() || null,
        contactName: name,
        contactPhone: phone,
      },
    })
    if (done?.submitPhoneEvaluation.__typename !== 'SubmitPhoneEvaluationSuccess') return
    const { isNew, evaluation } = done.submitPhoneEvaluation
    const said = `${levelLabel(evaluation.score, language)}（${evaluation.score}）`
    onSent(isNew ? words.recorded(said, matterName) : words.recordedBefore(said, matterName))
  }

  function takeKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onBack()
    } else if (!isTyping(event) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const key = event.key.toLowerCase()
      const next = draftAfterKey(draft, key, form)
      if (next) setDraft(next)
      if (next || onOtherKey?.(key)) event.preventDefault()
    }
  }

  const items = itemsOf(draft, form)
  return (
    <section ref={sheet} className="rating-sheet" tabIndex={-1} aria-label={matterName} onKeyDown={takeKey}>
      <p className="call-script" aria-live="polite">
        <strong>{words.script}</strong>
        <span>{words.ask[question]({ place, matter: matterName })}</span>
      </p>
      {children}
      <RefusalNote problem={submit.problem} />
      <KeyChoice
        label={words.level}
        choices={levels.toReversed().map(({ level, score }) => ({
          key: String(score),
          text: levelLabel(score, language),
          isChosen: draft.level === level,
          choose: () => setDraft(withLevel(draft, level)),
        }))}
      />
      {form.depth === 'FULL' ? (
        <>
          <KeyChoice
            label={words.items}
            isMany
            empty={words.itemsFirst}
            choices={items.map((item, place) => ({
              key: itemKeys[place]!,
              text: language === 'zh' ? item.text : item.textEnglish,
              isChosen: draft.items.includes(item.code),
              choose: () => setDraft(withItem(draft, item.code)),
            }))}
          />
          <div className="key-pair">
            {(['environment', 'attitude'] as const).map(field => (
              <KeyChoice
                key={field}
                label={words[field]}
                choices={(['GOOD', 'POOR'] as const).map(answer => ({
                  key: answerKeys[field][answer],
                  text: answer === 'GOOD' ? words.good : words.poor,
                  isChosen: draft[field] === answer,
                  choose: () => setDraft({ ...draft, [field]: answer }),
                }))}
              />
            ))}
          </div>
        </>
      ) : (
        <p className="quiet">{words.levelAlone}</p>
      )}
      <div className="contact-fields">
        <label>
          {words.contactName}
          <input value={name} maxLength={50} autoComplete="off" onChange={event => setName(event.target.value)} />
        </label>
        <label>
          {words.contactPhone}
          <input
            value={phone}
            maxLength={30}
            inputMode="tel"
            autoComplete="off"
            onChange={event => setPhone(event.target.value)}
          />
        </label>
        <label>
          {words.relation}
          <select value={relation} onChange={event => setRelation(event.target.value as EvaluatorRelation)}>
            {Object.entries(words.relations).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        {form.depth === 'FULL' && (
          <label className="is-wide">
            {words.text}
            <input
              value={text}
              placeholder={words.textLimit(form.textLimit)}
              autoComplete="off"
              onChange={event => setText(event.target.value)}
            />
          </label>
        )}
      </div>
      <KeyChoice
        label=""
        isMany
        choices={[
          {
            key: 'b',
            text: words.isPublic,
            isChosen: draft.isPublic,
            choose: () => setDraft({ ...draft, isPublic: !draft.isPublic }),
          },
          {
            key: 'm',
            text: words.isAnonymous,
            isChosen: draft.isAnonymous,
            choose: () => setDraft({ ...draft, isAnonymous: !draft.isAnonymous }),
          },
        ]}
      />
      <div className="sheet-actions">
        <Button type="primary" loading={submit.isBusy} onClick={() => void send()}>
          {words.send} <kbd>Ctrl</kbd>+<kbd>Enter</kbd>
        </Button>
        <Button onClick={onBack}>
          {words.back} <kbd>Esc</kbd>
        </Button>
        <span role="status" className="sheet-hint">
          {isHinted && !isComplete ? words.incomplete[question] : ''}
        </span>
      </div>
    </section>
  )
}
