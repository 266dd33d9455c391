import { Popover } from 'antd'
import { useEffect, useState } from 'react'
import type { DeadlineKind, DeadlineState } from '../../kit/generated/operations.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { deskTime } from './desk-time.ts'
import { Facts, StateMark, type StateTone } from './marks.tsx'
import { kitWording } from './wording.ts'

export type ShownDeadline = {
  kind: DeadlineKind
  state: DeadlineState
  startedAt: string
  dueAt: string
  policyVersion: string
  explanation: readonly { day: string; isCounted: boolean; reason: string; reasonEnglish: string }[]
}

const tones: Record<DeadlineState, StateTone> = { RUNNING: 'waiting', MET: 'good', PASSED: 'bad', MET_LATE: 'bad' }

/** A running or ended clock (时限); pointing at it, or its key, explains it day by day. */
export function Clock({ deadline }: { deadline: ShownDeadline }) {
  const words = useWords(kitWording)
  const now = useMinute()
  const { kind, state, dueAt } = deadline
  const left = Date.parse(dueAt) - now
  const isRunning = state === 'RUNNING' || state === 'PASSED'
  const span = spanOf(Math.abs(left))
  const time = left >= 0 ? words.left(words.span(...span)) : words.over(words.span(...span))
  return (
    <Popover
      trigger={['hover', 'focus']}
      placement="bottomLeft"
      title={words.clockTitle(words.deadline[kind])}
      content={<Explanation deadline={deadline} />}
    >
      <button type="button" className="clock">
        <StateMark tone={isRunning && left < 0 ? 'bad' : tones[state]}>
          {words.deadline[kind]} {isRunning ? time : words.deadlineState[state]}
        </StateMark>
      </button>
    </Popover>
  )
}

function Explanation({ deadline }: { deadline: ShownDeadline }) {
  const language = useLanguage()
  const words = useWords(kitWording)
  return (
    <div className="clock-steps">
      <Facts
        facts={[
          [words.from, deskTime(deadline.startedAt)],
          [words.due, deskTime(deadline.dueAt)],
          [words.policy, deadline.policyVersion],
        ]}
      />
      <ol>
        {deadline.explanation.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps never move, and a day may stand twice
          <li key={index} className={step.isCounted ? 'is-counted' : ''}>
            <span>{/^\d{4}-\d\d-\d\dT/.test(step.day) ? deskTime(step.day) : step.day}</span>
            <b>{step.isCounted ? words.counted : words.notCounted}</b>
            <span>{language === 'zh' ? step.reason : step.reasonEnglish}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

const minute = 60_000

function spanOf(milliseconds: number): [days: number, hours: number, minutes: number] {
  const minutes = Math.floor(milliseconds / minute)
  return [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
}

function useMinute(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), minute / 2)
    return () => clearInterval(ticking)
  }, [])
  return now
}
