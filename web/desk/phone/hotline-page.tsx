import './phone.css'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import {
  FindCallerCasesDocument,
  type FindCallerCasesMutation,
  PhoneOperatorDocument,
  RevealApplicantDocument,
} from '../../kit/generated/operations.ts'
import { useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Facts } from '../kit/marks.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { kitWording } from '../kit/wording.ts'
import { useWords } from '../speaking.tsx'
import { CallerSearch } from './caller-search.tsx'
import { RatingSheet } from './rating-sheet.tsx'
import { phoneWording } from './wording.ts'

type Found = Extract<FindCallerCasesMutation['findCallerCases'], { __typename: 'FindCallerCasesSuccess' }>
type FoundCase = Found['cases'][number]
type Opened = { found: FoundCase; applicant: { name: string; contactName: string | null; phone: string | null } }

const keyOf = ({ serviceCase, serviceNumber }: FoundCase) => `${serviceCase.id} ${serviceNumber}`

/** The 12345 operator's page (热线评价): a number, a case, a rating; the hands never leave the keys. */
export function HotlinePage() {
  const words = useWords(phoneWording)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const [caller, setCaller] = useState('')
  const [result, setResult] = useState<Found | null>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  const [said, setSaid] = useState('')
  const search = useDeed(FindCallerCasesDocument)
  const reveal = useDeed(RevealApplicantDocument)
  useEffect(() => {
    if (result && !opened) list.current?.querySelector<HTMLElement>('[data-desk-row]')?.focus()
  }, [result, opened])

  function begin() {
    setOpened(null)
    setResult(null)
    field.current?.focus()
  }

  async function find(documentNumber: string) {
    setSaid('')
    setResult(null)
    const done = await search.run({ input: { documentNumber } })
    if (done?.findCallerCases.__typename !== 'FindCallerCasesSuccess') return
    setResult(done.findCallerCases)
    if (done.findCallerCases.cases.length === 0) setSaid(words.noCases)
  }

  async function open(found: FoundCase) {
    if (reveal.isBusy) return
    const done = await reveal.run({ input: { caseId: found.serviceCase.id, purpose: 'HOTLINE' } })
    if (done?.revealApplicant.__typename === 'RevealApplicantSuccess') {
      setOpened({ found, applicant: done.revealApplicant })
    }
  }

  function keepCaller(phone: string) {
    setCaller(phone)
    setSaid(words.callerKept(phone))
  }

  if (opened) {
    const { found, applicant } = opened
    const { serviceCase, serviceNumber, matterName, form } = found
    return (
      <RatingSheet
        service={{ caseId: serviceCase.id, serviceNumber, matterName, place: placeOf(found), form }}
        source="HOTLINE"
        contact={{ name: applicant.contactName ?? applicant.name, phone: caller || (applicant.phone ?? '') }}
        onBack={() => setOpened(null)}
        onSent={sentence => {
          setCaller('')
          setSaid(sentence)
          begin()
        }}
      >
        <Facts
          facts={[
            [words.applicant, applicant.name],
            [words.phone, applicant.phone],
            [words.caseNumber, serviceCase.caseNumber],
            [words.place, <CasePlace key="place" found={found} />],
            [words.callerNumber, caller],
          ]}
        />
        <Operator />
      </RatingSheet>
    )
  }
  return (
    <div className="hotline">
      <CallerSearch field={field} isBusy={search.isBusy} onSearch={find} onCaller={keepCaller} />
      <p role="status" className="call-said">
        {said}
      </p>
      <RefusalNote problem={search.problem ?? reveal.problem} />
      {result && result.cases.length > 0 && (
        <>
          <h2>{words.found(result.cases.length, result.maskedDocumentNumber)}</h2>
          <ul ref={list} className="found-cases" aria-label={words.foundList}>
            {result.cases.map(found => (
              <FoundRow key={keyOf(found)} found={found} onOpen={() => open(found)} onBack={begin} />
            ))}
          </ul>
          <p className="quiet">{words.openHint}</p>
        </>
      )}
      <Operator />
    </div>
  )
}

function FoundRow({ found, onOpen, onBack }: { found: FoundCase; onOpen: () => void; onBack: () => void }) {
  const words = useWords(phoneWording)
  const { serviceCase, matterName, departmentName, closedAt, lastDay } = found
  function takeKey(event: KeyboardEvent<HTMLElement>) {
    const { key, currentTarget } = event
    const row = currentTarget.closest('li')!
    const beside = key === 'ArrowDown' ? row.nextElementSibling : key === 'ArrowUp' ? row.previousElementSibling : null
    if (key === 'Escape') onBack()
    else if (beside) beside.querySelector('button')?.focus()
    else return
    event.preventDefault()
  }
  return (
    <li>
      <button type="button" data-desk-row={serviceCase.id} onClick={onOpen} onKeyDown={takeKey}>
        <strong>{matterName}</strong>
        <span>{serviceCase.applicant?.maskedName}</span>
        <span>{departmentName}</span>
        <CasePlace found={found} />
        <span className="quiet">
          {words.closedAt} {deskTime(closedAt)}
        </span>
        <span>
          {words.lastDay} {lastDay ?? words.notKnown}
        </span>
      </button>
    </li>
  )
}

/** Where it was served, as it is read aloud. */
export function placeOf({ hallName, departmentName }: { hallName: string | null; departmentName: string }): string {
  return hallName ?? departmentName
}

type Served = Pick<FoundCase, 'hallName' | 'windowNumber' | 'staffNumber'>

/** Hall, window and staff number of a case. */
export function CasePlace({ found: { hallName, windowNumber, staffNumber } }: { found: Served }) {
  const kit = useWords(kitWording)
  return <span>{[hallName, windowNumber && kit.window(windowNumber), staffNumber].filter(Boolean).join(' · ')}</span>
}

/** Who takes the rating, from his account (邀约人). */
export function Operator() {
  const words = useWords(phoneWording)
  const { data } = useAnswer(PhoneOperatorDocument, {})
  if (!data?.viewer) return null
  const { name, contact } = data.viewer
  return (
    <p className="call-operator quiet">
      {words.operator} {name} · {words.operatorContact} {contact ?? words.noContact}
    </p>
  )
}
