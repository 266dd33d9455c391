import type { AnsweredFragment } from '../kit/generated/operations.ts'
import type { CitizenWording } from './wording.ts'

/** Answers to the questions apart (分项评价) as one line each of the receipt; nothing where none was given. */
export function Answered({ answers, words }: { answers: AnsweredFragment | null; words: CitizenWording }) {
  if (!answers) return null
  const judged = (answer: 'GOOD' | 'POOR' | null, reason: string | null) =>
    answer && [answer === 'GOOD' ? words.good : words.poor, reason].filter(Boolean).join(words.colon)
  const affirmed = (answer: boolean | null) => answer !== null && (answer ? words.yes : words.no)
  const lines = [
    [words.environment, judged(answers.environment, answers.environmentReason)],
    [words.attitude, judged(answers.attitude, answers.attitudeReason)],
    [words.overcharged, affirmed(answers.isOvercharged)],
    [words.intermediaryForced, affirmed(answers.isIntermediaryForced)],
  ] as const
  return (
    <>
      {lines.map(
        ([name, answer]) =>
          answer && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{answer}</dd>
            </div>
          ),
      )}
    </>
  )
}
