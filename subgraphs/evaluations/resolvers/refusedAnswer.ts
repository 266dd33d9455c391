import type { Refused } from '../actions/refused.ts'
import type { Problem } from '../domain/problem.ts'

/** A refusal as the member of a union that it is in the graph, with the faults of its fields where it has some. */
export function refusedAnswer(answer: Refused<string> & { problems?: readonly Problem[] }) {
  const problems = answer.problems?.map(({ path, code, message }) => {
    return { path, code, message: message.zh, messageEnglish: message.en }
  })
  return { __typename: answer.refusedAs, ...answer.refusal, ...(problems && { problems }) }
}
