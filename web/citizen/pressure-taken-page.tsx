import type { PageFrame } from '../serving/page.tsx'
import { CitizenPage } from './citizen-page.tsx'
import { citizenWording } from './wording.ts'

export type PressureTakenPageProps = { frame: PageFrame; reportNumber: string }

/** A report of pressure was taken (举报已提交): its number, who reads it, and what follows. */
export function PressureTakenPage({ frame, reportNumber }: PressureTakenPageProps) {
  const words = citizenWording[frame.language]
  return (
    <CitizenPage frame={frame} title={words.pressureTaken} path="/receipt">
      <section class="receipt-head">
        <h1>{words.pressureTaken}</h1>
        <h2>{words.reportNumber}</h2>
        <p class="receipt-number">{reportNumber}</p>
        <p>{words.pressureNext}</p>
      </section>
      <a class="way" href="/receipt">
        {words.backToReceipt}
      </a>
    </CitizenPage>
  )
}
