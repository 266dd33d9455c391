import type { ReactNode } from 'react'
import { levelLabel } from '../../kit/levels.ts'
import { useLanguage } from '../speaking.tsx'

/** A level: number, word, and only then colour. */
export function LevelMark({ score }: { score: number }) {
  const language = useLanguage()
  return (
    <span className={score <= 2 ? 'level is-negative' : 'level'}>
      <b>{score}</b>
      {levelLabel(score, language)}
    </span>
  )
}

export type StateTone = 'good' | 'waiting' | 'bad' | 'over'

/** Where something stands: shape, word, and only then colour. */
export function StateMark({ tone, children }: { tone: StateTone; children: ReactNode }) {
  return <span className={`state is-${tone}`}>{children}</span>
}

/** Facts of one thing, name beside value; those without a value are left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} className="fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}
