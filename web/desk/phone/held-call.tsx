import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import {
  type CallOutcome,
  type NextPhoneInvitationMutation,
  RecordCallOutcomeDocument,
  ReleasePhoneInvitationDocument,
  RevealApplicantDocument,
  type RevealApplicantMutation,
} from '../../kit/generated/operations.ts'
import { useAct } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Facts } from '../kit/marks.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import { useWords } from '../speaking.tsx'
import { CasePlace, Operator, placeOf } from './hotline-page.tsx'
import { KeyChoice } from './key-choice.tsx'
import { RatingSheet } from './rating-sheet.tsx'
import { clockOf, useSecond } from './use-second.ts'
import { phoneWording } from './wording.ts'

type Held = Extract<NextPhoneInvitationMutation['nextPhoneInvitation'], { __typename: 'NextPhoneInvitationSuccess' }>
export type HeldInvitation = NonNullable<Held['invitation']>
type Applicant = Extract<RevealApplicantMutation['revealApplicant'], { __typename: 'RevealApplicantSuccess' }>

/** Keys of outcomes; none of them is a key of the form. */
const outcomeKeys: Record<CallOutcome, string> = {
  NO_ANSWER: 'u',
  REFUSED: 'r',
  LATER: 'l',
  RATED: 't',
  WRONG_NUMBER: 'v',
  DO_NOT_CALL: 'y',
}
const outcomes = Object.keys(outcomeKeys) as CallOutcome[]

type HeldCallProps = { invitation: HeldInvitation; onOver: (said: string) => void; onLost: () => void }

/** A person who is being called (通话中): his number, the script, the form, and how the call ended. */
export function HeldCall({ invitation, onOver, onLost }: HeldCallProps) {
  const words = useWords(phoneWording)
  const { id, serviceCase, serviceNumber, matterName, form, lastOutcome, lastNote, callCount, callAgainAt } = invitation
  const [applicant, setApplicant] = useState<Applicant | null>(null)
  const [isConfirming, setConfirming] = useState(false)
  const [isLater, setLater] = useState(false)
  const [laterAt, setLaterAt] = useState('')
  const [note, setNote] = useState('')
  const isOver = useRef(false)
  const laterField = useRef<HTMLInputElement>(null)
  const reveal = useDeed(RevealApplicantDocument)
  const record = useDeed(RecordCallOutcomeDocument)
  const release = useAct(ReleasePhoneInvitationDocument)
  const caseId = serviceCase.id

  // biome-ignore lint/correctness/useExhaustiveDependencies: one look for one call
  useEffect(() => {
    void reveal.run({ input: { caseId, purpose: 'INVITATION' } }).then(done => {
      if (done?.revealApplicant.__typename === 'RevealApplicantSuccess') setApplicant(done.revealApplicant)
    })
  }, [caseId])
  useEffect(() => {
    // Whoever closes the page lets the person go at once; should that get lost, the lock runs out.
    const letGo = () => {
      if (!isOver.current) void release({ input: { invitationId: id } }).catch(() => null)
      isOver.current = true
    }
    addEventListener('pagehide', letGo)
    return () => {
      removeEventListener('pagehide', letGo)
      letGo()
    }
  }, [id, release])
  useEffect(() => {
    if (isLater) laterField.current?.focus()
  }, [isLater])

  async function keep(outcome: CallOutcome, callAgainAt: string | null = null) {
    if (record.isBusy) return
    const done = await record.run({ input: { invitationId: id, outcome, note: note.trim() || null, callAgainAt } })
    if (done?.recordCallOutcome.__typename !== 'RecordCallOutcomeSuccess') return
    isOver.current = true
    onOver(words.outcomeKept(words.outcome[outcome]))
  }

  async function giveUp() {
    isOver.current = true
    await release({ input: { invitationId: id } }).catch(() => null)
    onOver(words.released)
  }

  function choose(outcome: CallOutcome) {
    const isSure = outcome !== 'DO_NOT_CALL' || isConfirming
    setConfirming(outcome === 'DO_NOT_CALL')
    setLater(outcome === 'LATER')
    if (outcome !== 'LATER' && isSure) void keep(outcome)
  }

  function takeKey(key: string): boolean {
    const outcome = outcomes.find(each => outcomeKeys[each] === key)
    if (outcome) choose(outcome)
    return outcome !== undefined
  }

  if (!applicant) return <RefusalNote problem={reveal.problem} />
  return (
    <RatingSheet
      service={{ caseId, serviceNumber, matterName, place: placeOf(invitation), form }}
      source="INVITATION"
      contact={{ name: applicant.contactName ?? applicant.name, phone: applicant.phone ?? '' }}
      onOtherKey={takeKey}
      onBack={() => void giveUp()}
      onSent={said => {
        isOver.current = true
        onOver(said)
      }}
    >
      <div className="call-head">
        <span>
          {words.dial} <strong className="call-number">{applicant.phone ?? words.noPhone}</strong>
        </span>
        <strong>{applicant.contactName ?? applicant.name}</strong>
        <LockClock lockedUntil={invitation.lockedUntil} onLost={onLost} />
        <span>
          {words.windowEnds} {invitation.lastDay ?? words.notKnown}
        </span>
      </div>
      <Facts
        facts={[
          [words.caseNumber, serviceCase.caseNumber],
          [words.place, <CasePlace key="place" found={invitation} />],
          [words.closedAt, deskTime(invitation.closedAt)],
          [words.calls, callCount > 0 ? words.times(callCount) : null],
          [words.lastCall, lastOutcome && [words.outcome[lastOutcome], lastNote].filter(Boolean).join(' · ')],
          [words.callAgain, callAgainAt && deskTime(callAgainAt)],
        ]}
      />
      <RefusalNote problem={record.problem} />
      <KeyChoice
        label={words.outcomes}
        choices={outcomes.map(outcome => ({
          key: outcomeKeys[outcome],
          text: words.outcome[outcome],
          isChosen: outcome === 'DO_NOT_CALL' ? isConfirming : outcome === 'LATER' && isLater,
          choose: () => choose(outcome),
        }))}
      />
      <p role="status" className="sheet-hint">
        {isConfirming ? words.doNotCallAgain : ''}
      </p>
      <div className="contact-fields">
        {isLater && (
          <label>
            {words.later}
            <input
              ref={laterField}
              type="datetime-local"
              value={laterAt}
              onChange={event => setLaterAt(event.target.value)}
              onKeyDown={event => {
                if (event.key === 'Enter' && !event.ctrlKey && laterAt) void keep('LATER', inShanghai(laterAt))
              }}
            />
          </label>
        )}
        {isLater && (
          <Button disabled={!laterAt} onClick={() => void keep('LATER', inShanghai(laterAt))}>
            {words.keepLater} <kbd>Enter</kbd>
          </Button>
        )}
        <label className="is-wide">
          {words.note}
          <input value={note} maxLength={200} autoComplete="off" onChange={event => setNote(event.target.value)} />
        </label>
      </div>
      <p className="quiet">{words.startRating}</p>
      <Operator />
    </RatingSheet>
  )
}

/** What was typed is Shanghai time, wherever the browser stands. */
function inShanghai(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString()
}

function LockClock({ lockedUntil, onLost }: { lockedUntil: string | null; onLost: () => void }) {
  const words = useWords(phoneWording)
  const left = Date.parse(lockedUntil ?? '') - useSecond()
  const isLost = left <= 0
  useEffect(() => {
    if (isLost) onLost()
  }, [isLost, onLost])
  return (
    <span className={left < 120_000 ? 'call-clock is-short' : 'call-clock'} role="timer">
      {words.heldUntil} {clockOf(left)}
    </span>
  )
}
