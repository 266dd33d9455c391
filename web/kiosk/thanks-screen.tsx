import type { Language } from '../kit/language.ts'
import type { KioskView } from './kiosk-session.ts'
import type { KioskState } from './kiosk-state.ts'
import { kioskWording } from './wording.ts'

type Of<Step extends KioskState['step']> = {
  state: Extract<KioskState, { step: Step }>
  language: Language
  onFinished: () => void
}

/** Thanks: the receipt number as soon as the hub has answered, before that the truth about where the rating lies. */
export function ThanksScreen({ state, language, view, onFinished }: Of<'THANKS'> & { view: KioskView }) {
  const words = kioskWording[language]
  return (
    <section class="calm" role="status">
      <h1>{words.thanks}</h1>
      {state.receiptNumber ? (
        <>
          <h2>{words.receipt}</h2>
          <p class="receipt-number">{state.receiptNumber}</p>
          <p>{words.receiptHint}</p>
        </>
      ) : (
        <>
          <h2>{view.link.isOpen ? words.saved : words.savedOffline(view.unsent)}</h2>
          <p>{view.link.isOpen ? words.savedHint : words.savedOfflineHint}</p>
        </>
      )}
      {state.isNegative && <p>{words.negativeNext}</p>}
      <FinishButton {...{ language, onFinished }} />
    </section>
  )
}

/** Why the case cannot be rated here. */
export function RefusedScreen({ state, language, onFinished }: Of<'REFUSED'>) {
  return (
    <section class="calm" role="status">
      <h1>{state.told.message}</h1>
      <p>{state.told.remedy}</p>
      <FinishButton {...{ language, onFinished }} />
    </section>
  )
}

function FinishButton({ language, onFinished }: Pick<Of<'THANKS'>, 'language' | 'onFinished'>) {
  return (
    <button type="button" class="submit" onClick={onFinished}>
      {kioskWording[language].finish}
    </button>
  )
}
