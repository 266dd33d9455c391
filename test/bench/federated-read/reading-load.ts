import { isDeepStrictEqual } from 'node:util'
import { type Pace, paced } from '../harness/pace.ts'
import { percentile } from '../harness/percentiles.ts'
import { postConnection } from '../harness/post-connection.ts'
import { caseStory } from './case-story.ts'

export type ReadingResult = { seconds: number; p50: number; p99: number; answers: number; faults: string[] }

export type ReadingLoad = {
  /** Keeps what every case's story must be. */
  expect(stories: Map<string, unknown>): number
  /** Asks for the story of a random case so many times, each time with another credential. */
  read(input: { url: string; pace: Pace; count: number; credentials: string[] }): Promise<ReadingResult>
}

/** Screens that open one case after another. */
export function createLoad(): ReadingLoad {
  let expected = new Map<string, unknown>()
  return {
    expect(stories) {
      expected = stories
      return expected.size
    },
    async read({ url, pace, count, credentials }) {
      const { post, close } = postConnection(url)
      const caseNumbers = [...expected.keys()]
      const asked = Array.from({ length: count }, () => caseNumbers[Math.floor(Math.random() * caseNumbers.length)]!)
      const bodies = asked.map(caseNumber => JSON.stringify({ query: caseStory, variables: { caseNumber } }))
      const answers: string[] = new Array(count)
      const startedAt = performance.now()
      const milliseconds = await paced(count, pace, async index => {
        answers[index] = await post(bodies[index]!, credentials[index % credentials.length]).then(
          ({ text }) => text,
          error => String(error),
        )
      })
      const seconds = (performance.now() - startedAt) / 1000
      close()
      const wrong = answers.filter((answer, index) => !isStory(answer, expected.get(asked[index]!)))
      return {
        seconds,
        p50: percentile(milliseconds, 0.5),
        p99: percentile(milliseconds, 0.99),
        answers: count - wrong.length,
        faults:
          wrong.length > 0 ? [`${wrong.length} of ${count} answers are wrong, e.g. ${wrong[0]!.slice(0, 300)}`] : [],
      }
    },
  }
}

function isStory(answer: string, story: unknown): boolean {
  if (!answer.startsWith('{')) return false
  const { data, errors } = JSON.parse(answer)
  return !errors && isDeepStrictEqual(data, story)
}
