import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { type Problem, ProblemBox } from './problem-box.tsx'
import { citizenWording } from './wording.ts'

export type ReceiptEntryPageProps = { frame: PageFrame; typed: string; problem: Problem | null; notice: string | null }

/** Asks for a receipt number; it travels in a form body, never in an address that a log would keep. */
export function ReceiptEntryPage({ frame, typed, problem, notice }: ReceiptEntryPageProps) {
  const words = citizenWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.enterTitle} path="/receipt">
      <h1>{words.enterTitle}</h1>
      {notice && (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <form method="post" action="/receipt">
        <ProblemBox problem={problem} language={frame.language} />
        <div class="field">
          <label for="receiptNumber">{words.enterLabel}</label>
          <p class="hint" id="receipt-hint">
            {words.enterHint}
          </p>
          <input
            id="receiptNumber"
            name="receiptNumber"
            class="number"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            required
            maxlength={60}
            aria-describedby="receipt-hint"
            value={typed}
          />
        </div>
        <div class="bar">
          <button type="submit">{words.enterSubmit}</button>
        </div>
      </form>
    </CitizenPage>
  )
}
