import { type KeyboardEvent, type RefObject, useState } from 'react'
import { type CallerDocument, readCallerDocument } from '../../../subgraphs/shared/people/caller-document.ts'
import { halfWidth } from '../../../subgraphs/shared/people/half-width.ts'
import { readPhone } from '../../../subgraphs/shared/people/phone.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { phoneWording } from './wording.ts'

type CallerSearchProps = {
  field: RefObject<HTMLInputElement | null>
  isBusy: boolean
  onSearch: (documentNumber: string) => void
  /** The caller's number was typed instead (来电号码). */
  onCaller: (phone: string) => void
}

/** One field: a document number is judged as it is typed by the rules that the hub itself uses; Enter searches. */
export function CallerSearch({ field, isBusy, onSearch, onCaller }: CallerSearchProps) {
  const words = useWords(phoneWording)
  const [text, setText] = useState('')
  const read = readCallerDocument(text, new Date())
  const phone = readPhone(text)
  const isCaller = phone.ok && !read.ok

  function takeKey(event: KeyboardEvent) {
    if (event.key === 'Escape') setText('')
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || isBusy) return
    event.preventDefault()
    if (isCaller) {
      onCaller(phone.number)
      setText('')
    } else if (read.ok) {
      onSearch(text)
      setText('')
    }
  }

  return (
    <search className="caller-search">
      <label htmlFor="caller-number">{words.searchLabel}</label>
      <input
        id="caller-number"
        ref={field}
        data-desk-search
        // biome-ignore lint/a11y/noAutofocus: the operator's hands are on the keys when the caller speaks
        autoFocus
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        aria-describedby="caller-verdict"
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={takeKey}
      />
      <p id="caller-verdict" role="status">
        <Verdict text={text} read={read} isCaller={isCaller} />
      </p>
    </search>
  )
}

function Verdict({ text, read, isCaller }: { text: string; read: CallerDocument; isCaller: boolean }) {
  const words = useWords(phoneWording)
  const language = useLanguage()
  const length = halfWidth(text).length
  if (length === 0) return <span className="quiet">{words.searchHint}</span>
  if (isCaller) return <span className="verdict is-good">{words.callerNumber} ✓</span>
  if (read.ok && read.warnings.length > 0) {
    return <span className="verdict is-warning">{read.warnings.map(note => note[language]).join('；')}</span>
  }
  if (read.ok) {
    return (
      <span className="verdict is-good">
        {read.kind === 'IDENTITY_NUMBER' ? words.identityNumber : words.creditCode} ✓
      </span>
    )
  }
  if (length < 18) return <span className="quiet">{words.characters(length)}</span>
  return <span className="verdict is-bad">{read.fault[language]}</span>
}
