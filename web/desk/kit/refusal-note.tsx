import { Alert } from 'antd'
import { messageIn, remedyIn } from '../../kit/language.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import type { DeedProblem } from './deed.ts'
import { kitWording } from './wording.ts'

/** Says why something was not done, and what to do about it (拒绝理由). */
export function RefusalNote({ problem }: { problem: DeedProblem | null }) {
  const language = useLanguage()
  const words = useWords(kitWording)
  if (!problem) return null
  if (typeof problem === 'string') {
    return <Alert type="error" title={problem === 'UNREACHABLE' ? words.unreachable : words.refused} />
  }
  const { problems = [] } = problem
  return (
    <Alert
      type="error"
      title={messageIn(language, problem)}
      description={
        <>
          {problems.length > 0 && (
            <ul>
              {problems.map(found => (
                <li key={`${found.path} ${found.message}`}>{messageIn(language, found)}</li>
              ))}
            </ul>
          )}
          {remedyIn(language, problem.remedy)}
        </>
      }
    />
  )
}
