import { citizenWording } from '../citizen/wording.ts'
import type { PageFrame } from '../serving/page.tsx'
import { TerminalFrame } from './terminal-frame.tsx'
import { terminalWording } from './wording.ts'

export type TakeHomePageProps = {
  frame: PageFrame
  token: string
  matterName: string
  /** The code as SVG text. */
  qrSvg: string
  /** The code works until the time for rating ends, with a proof; otherwise for minutes only. */
  isLasting: boolean
}

const secondsToTake = 20

/** The code of the same case to take along (回家再评): printed by itself, and cleared when nobody touches the screen. */
export function TakeHomePage({ frame, token, matterName, qrSvg, isLasting }: TakeHomePageProps) {
  const words = terminalWording[frame.language]
  const citizen = citizenWording[frame.language]
  const address = (step: string) => `/terminal/${token}${step}?lang=${frame.language}`
  return (
    <TerminalFrame
      frame={frame}
      title={words.takeHome}
      state="alive"
      idle={{ seconds: secondsToTake, address: address('/done') }}
      isPrinted
      otherLanguage={null}
    >
      <section class="ticket">
        <h1>{words.takeHome}</h1>
        <p>
          <strong>{matterName}</strong>
        </p>
        <img
          class="qr"
          alt={citizen.rateTitle}
          src={`data:image/svg+xml;base64,${Buffer.from(qrSvg).toString('base64')}`}
        />
        <p>{isLasting ? words.takeHomeHow : words.takeHomeSoon}</p>
        <p class="hint">{citizen.promise}</p>
      </section>
      <div class="ways">
        <a class="way plain" href={address('')}>
          {words.back}
        </a>
        <button type="button" class="plain" data-prints hidden>
          {words.print}
        </button>
        <a class="way" href={address('/done')}>
          {words.finish}
        </a>
      </div>
    </TerminalFrame>
  )
}
