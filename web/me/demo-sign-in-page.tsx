import { CitizenPage } from '../citizen/citizen-page.tsx'
import { type Problem, ProblemBox } from '../citizen/problem-box.tsx'
import type { PageFrame } from '../serving/page.tsx'
import { meWording } from './wording.ts'

export type DemoSignInPageProps = {
  frame: PageFrame
  path: string
  people: readonly { subject: string; name: string }[]
  chosen: string
  problem: Problem | null
}

/** The page of the demo's identity provider: its invented people to choose from, and one password. */
export function DemoSignInPage({ frame, path, people, chosen, problem }: DemoSignInPageProps) {
  const words = meWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.demoTitle} path={path}>
      <h1>{words.demoTitle}</h1>
      <p>{words.demoLead}</p>
      <form method="post" action={path}>
        <ProblemBox problem={problem} language={frame.language} />
        <fieldset class="people">
          <legend>{words.demoPerson}</legend>
          {people.map(({ subject, name }) => (
            <label class="person" key={subject}>
              <input type="radio" name="subject" value={subject} checked={subject === chosen} required />
              <span class="answer">
                {name} <small>{subject}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="password">{words.demoPassword}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <div class="bar">
          <button type="submit">{words.signIn}</button>
        </div>
      </form>
      <form method="post" action={path}>
        <input type="hidden" name="cancel" value="yes" />
        <button type="submit" class="plain">
          {words.demoCancel}
        </button>
      </form>
    </CitizenPage>
  )
}
