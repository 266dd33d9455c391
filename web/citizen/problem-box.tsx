import type { Language } from '../kit/language.ts'
import { formWording } from './form-wording.ts'

/** Something that keeps the rating from being taken: what it is, and what to do. */
export type Problem = { message: string; details: string[]; remedy: string }

/** Says what is wrong, once, at the place that needs it; empty until then so that the script can fill it. */
export function ProblemBox(props: { problem: Problem | null; language: Language; id?: string }) {
  const { problem, language, id = 'problem' } = props
  return (
    <div class="problem" id={id} role="alert" tabIndex={-1} hidden={!problem}>
      {problem && (
        <>
          <p class="problem-message">{problem.message}</p>
          {problem.details.length > 0 && (
            <ul>
              {problem.details.map(detail => (
                <li key={detail}>{detail}</li>
              ))}
            </ul>
          )}
          {problem.remedy && (
            <p>
              {formWording[language].whatToDo}
              {problem.remedy}
            </p>
          )}
        </>
      )}
    </div>
  )
}
