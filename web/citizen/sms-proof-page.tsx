import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import { ProofField } from './proof-field.tsx'
import { citizenWording } from './wording.ts'

export type SmsProofPageProps = { frame: PageFrame; token: string; typed: string; problem: Problem | null }

/** An SMS link that was used (短信链接已用): says so, and shows the receipt to whoever proves himself (decision 19). */
export function SmsProofPage({ frame, token, typed, problem }: SmsProofPageProps) {
  const words = citizenWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.stateTitle.ALREADY_EVALUATED} path={`/r/${token}`}>
      <h1>{words.stateTitle.ALREADY_EVALUATED}</h1>
      <p>{words.smsUsed}</p>
      <form method="post" action={`/r/${token}/proof`}>
        <ProblemBox problem={problem} language={frame.language} />
        <ProofField value={typed} words={words} />
        <div class="bar">
          <button type="submit">{words.showReceipt}</button>
        </div>
      </form>
    </CitizenPage>
  )
}
