import './phone.css'
import { Button } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import {
  NextPhoneInvitationDocument,
  type PhoneInvitationState,
  PhoneInvitationsDocument,
} from '../../kit/generated/operations.ts'
import { useAct, useAnswer } from '../graph.ts'
import { useDeed } from '../kit/deed.ts'
import { deskTime } from '../kit/desk-time.ts'
import { Choice, Filters } from '../kit/filters.tsx'
import { Ledger } from '../kit/ledger.tsx'
import { useListAddress } from '../kit/list-address.ts'
import { StateMark, type StateTone } from '../kit/marks.tsx'
import { RefusalNote } from '../kit/refusal-note.tsx'
import type { PageProps } from '../pages.ts'
import { useWords } from '../speaking.tsx'
import { HeldCall, type HeldInvitation } from './held-call.tsx'
import { CasePlace, Operator } from './hotline-page.tsx'
import { phoneWording } from './wording.ts'

/** A call that goes on keeps its person: well within the quarter of an hour. */
const HOLD_AGAIN_MS = 5 * 60_000

const tones: Record<PhoneInvitationState, StateTone> = {
  OPEN: 'waiting',
  LOCKED: 'good',
  DONE: 'over',
  EXPIRED: 'bad',
}

/** The inviter's page (电话邀评): one person after the other, those first whose time runs out. */
export function InvitationsPage({ hallId }: PageProps) {
  const words = useWords(phoneWording)
  const [held, setHeld] = useState<HeldInvitation | null>(null)
  const [said, setSaid] = useState('')
  const button = useRef<HTMLButtonElement>(null)
  const next = useDeed(NextPhoneInvitationDocument)
  const holdAgain = useAct(NextPhoneInvitationDocument)
  const heldId = held?.id
  useEffect(() => {
    if (heldId === undefined) button.current?.focus()
  }, [heldId])
  useEffect(() => {
    if (heldId === undefined) return
    const timer = setInterval(async () => {
      const answer = (await holdAgain({ hallId }).catch(() => null))?.nextPhoneInvitation
      if (answer?.__typename !== 'NextPhoneInvitationSuccess') return
      // Another one: the lock had run out, and what was called before is somebody else's by now.
      setHeld(answer.invitation)
    }, HOLD_AGAIN_MS)
    return () => clearInterval(timer)
  }, [heldId, hallId, holdAgain])

  async function take() {
    setSaid('')
    const done = await next.run({ hallId })
    if (done?.nextPhoneInvitation.__typename !== 'NextPhoneInvitationSuccess') return
    const { invitation } = done.nextPhoneInvitation
    setHeld(invitation)
    if (!invitation) setSaid(words.nobodyLeft)
  }
  const lose = useCallback(() => {
    setHeld(null)
    setSaid(words.lost)
  }, [words])

  if (held) {
    return (
      <HeldCall
        key={held.id}
        invitation={held}
        onLost={lose}
        onOver={sentence => {
          setHeld(null)
          setSaid(sentence)
        }}
      />
    )
  }
  return (
    <>
      <div className="sheet-actions">
        <Button ref={button} type="primary" size="large" loading={next.isBusy} onClick={() => void take()}>
          {words.takeNext} <kbd>Enter</kbd>
        </Button>
        <span role="status" className="call-said">
          {said}
        </span>
      </div>
      <RefusalNote problem={next.problem} />
      <InvitationLedger hallId={hallId} />
      <Operator />
    </>
  )
}

function InvitationLedger({ hallId }: { hallId: string | null }) {
  const words = useWords(phoneWording)
  const list = useListAddress()
  const state = list.filter('state') as PhoneInvitationState | null
  const answer = useAnswer(PhoneInvitationsDocument, { filter: { state, hallId }, after: list.after })
  // The list was read before this page held or ended something.
  const { again } = answer
  useEffect(() => again(), [again])
  const counts = answer.data?.phoneInvitations.counts
  return (
    <>
      <h2>
        {words.invitations}
        {counts && <span className="quiet"> {words.counts(counts.open, counts.locked, counts.expiringToday)}</span>}
      </h2>
      <Filters list={list} names={['state']}>
        <Choice
          list={list}
          name="state"
          label={words.stateLabel}
          options={Object.entries(words.state).map(([value, label]) => ({ value, label }))}
        />
      </Filters>
      <Ledger
        label={words.invitations}
        answer={answer}
        rows={answer.data?.phoneInvitations}
        list={list}
        empty={words.emptyInvitations}
        columns={[
          {
            key: 'state',
            title: words.stateLabel,
            width: 150,
            render: (_, row) => (
              <div className="two-lines">
                <StateMark tone={tones[row.state]}>{words.state[row.state]}</StateMark>
                {row.lockedByName && <span className="quiet">{row.lockedByName}</span>}
              </div>
            ),
          },
          { key: 'lastDay', title: words.lastDay, width: 120, render: (_, row) => row.lastDay ?? words.notKnown },
          {
            key: 'matter',
            title: words.caseNumber,
            render: (_, row) => (
              <div className="two-lines">
                <span>{row.matterName}</span>
                <span className="quiet">{row.serviceCase.caseNumber}</span>
              </div>
            ),
          },
          {
            key: 'applicant',
            title: words.applicant,
            width: 140,
            render: (_, { serviceCase: { applicant } }) => (
              <div className="two-lines">
                <span>{applicant?.maskedName}</span>
                <span className="quiet">{applicant?.maskedPhone}</span>
              </div>
            ),
          },
          {
            key: 'place',
            title: words.place,
            render: (_, row) => (
              <div className="two-lines">
                <span>{row.departmentName}</span>
                <CasePlace found={row} />
              </div>
            ),
          },
          {
            key: 'calls',
            title: words.calls,
            width: 150,
            render: (_, row) =>
              row.callCount > 0 && (
                <div className="two-lines">
                  <span>{words.times(row.callCount)}</span>
                  <span className="quiet">{row.lastOutcome && words.outcome[row.lastOutcome]}</span>
                </div>
              ),
          },
          {
            key: 'again',
            title: words.callAgain,
            width: 140,
            render: (_, row) => row.callAgainAt && deskTime(row.callAgainAt),
          },
        ]}
      />
    </>
  )
}
