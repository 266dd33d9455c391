import { citizenWording } from '../citizen/wording.ts'
import type { PageFrame } from '../serving/page.tsx'
import { TerminalFrame } from './terminal-frame.tsx'
import { terminalWording } from './wording.ts'

export type TerminalEndPageProps = {
  frame: PageFrame
  token: string
  /** What the terminal ends with: a receipt, a reason why it cannot be rated, or nothing personal at all. */
  end:
    | { kind: 'STORED'; receiptNumber: string; followAddress: string }
    | { kind: 'REFUSED'; title: string; message: string; remedy: string }
    | { kind: 'CLEARED' }
}

/** A receipt is to be copied down; a reason is read sooner. */
const secondsToRead = { STORED: 45, REFUSED: 20 }

/** The last page at a terminal. The cleared one says nothing of anybody, and stays until the next person. */
export function TerminalEndPage({ frame, token, end }: TerminalEndPageProps) {
  const words = terminalWording[frame.language]
  const done = `/terminal/${token}/done?lang=${frame.language}`
  if (end.kind === 'CLEARED') {
    return (
      <TerminalFrame frame={frame} title={words.done} state="done" idle={null} otherLanguage={null}>
        <section class="ending">
          <h1>{words.done}</h1>
          <p>{words.doneNext}</p>
        </section>
      </TerminalFrame>
    )
  }
  const idle = { seconds: secondsToRead[end.kind], address: done }
  const title = end.kind === 'STORED' ? words.thanks : end.title
  return (
    <TerminalFrame frame={frame} title={title} state="alive" idle={idle} otherLanguage={null}>
      <section class="ending">
        <h1>{title}</h1>
        {end.kind === 'STORED' ? (
          <>
            <h2>{citizenWording[frame.language].receiptNumber}</h2>
            <p class="receipt-number">{end.receiptNumber}</p>
            <p>{words.keepNumber}</p>
            <p>
              {words.followAt} <span class="address">{end.followAddress}</span>
            </p>
          </>
        ) : (
          <>
            {end.message && <p>{end.message}</p>}
            <p>{end.remedy}</p>
          </>
        )}
      </section>
      <div class="ways">
        {end.kind === 'STORED' && (
          <button type="button" class="plain" data-prints hidden>
            {words.printReceipt}
          </button>
        )}
        <a class="way" href={done}>
          {words.finish}
        </a>
      </div>
    </TerminalFrame>
  )
}
