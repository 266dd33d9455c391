import { useEffect, useRef } from 'preact/hooks'
import { type Language, remedyIn } from '../kit/language.ts'
import { KioskLevels } from './kiosk-levels.tsx'
import type { KioskSession } from './kiosk-session.ts'
import { type KioskState, lacksReason, mostItems, secondsToClearing } from './kiosk-state.ts'
import { type KioskWording, kioskWording } from './wording.ts'

type RatingScreenProps = {
  state: Extract<KioskState, { step: 'RATING' }>
  language: Language
  now: number
  serverNow: number
  session: KioskSession
}

/** One case to be rated: what it is, the five levels, the code for the phone beside them. No text is entered here. */
export function RatingScreen({ state, language, now, serverNow, session }: RatingScreenProps) {
  const words = kioskWording[language]
  const level = state.form.levels.find(candidate => candidate.level === state.level)
  const seconds = secondsToClearing(state, now)
  const isReasonMissing = lacksReason(state)
  // Until a level is chosen: were it to go at the first touch, the levels would move away under the finger.
  const clerkWords = state.level === null ? state.promptDuty : null
  const isCodeOld = serverNow >= Date.parse(state.code.expiresAt)
  useEffect(() => {
    const signs = ['pointerdown', 'keydown'] as const
    for (const sign of signs) addEventListener(sign, session.touch)
    return () => {
      for (const sign of signs) removeEventListener(sign, session.touch)
    }
  }, [session])
  return (
    <div class="rating">
      <CaseHead state={state} language={language} />
      {clerkWords && (
        <p class="clerk" role="status">
          <strong>{words.toClerk}</strong>
          {remedyIn(language, clerkWords)}
        </p>
      )}
      <div class="rating-body">
        <div class={level ? 'choice has-level' : 'choice'}>
          {state.problem ? (
            <p class="problem" role="alert">
              <strong>{state.problem.message}</strong> {state.problem.remedy}
            </p>
          ) : (
            <h1>{words.question}</h1>
          )}
          <KioskLevels
            form={state.form}
            chosen={state.level}
            language={language}
            question={words.question}
            onChoose={session.choose}
          />
          {level && (
            <fieldset class="items">
              <legend>{level.isReasonRequired ? words.reasonsBad : words.reasonsGood}</legend>
              <div class="item-grid">
                {level.items.slice(0, mostItems).map(item => (
                  <label key={item.code}>
                    <input
                      type="checkbox"
                      checked={state.items.includes(item.code)}
                      onChange={() => session.toggle(item.code)}
                    />
                    <span>{language === 'en' ? item.textEnglish : item.text}</span>
                  </label>
                ))}
              </div>
            </fieldset>
          )}
          {level && (
            <button
              type="button"
              class="submit"
              aria-disabled={state.isSaving || isReasonMissing}
              onClick={() => !isReasonMissing && session.submit()}
            >
              {state.isSaving ? words.submitting : isReasonMissing ? words.chooseReason : words.submit}
            </button>
          )}
        </div>
        <aside class="phone">
          <div class="code-now">
            <h2>{words.scan}</h2>
            {isCodeOld ? (
              <p class="code-old">{words.codeOld}</p>
            ) : (
              <>
                <img src={svgImage(state.code.svg)} alt={words.codeImage} />
                <p>{words.scanHint}</p>
              </>
            )}
          </div>
          {state.staticCode && (
            <figure class="static-code">
              <img src={svgImage(state.staticCode)} alt="" />
              <figcaption>{words.staticCode}</figcaption>
            </figure>
          )}
        </aside>
      </div>
      {seconds !== null && <Countdown seconds={seconds} words={words} onStay={session.touch} />}
    </div>
  )
}

function svgImage(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}

/** Asks whether somebody is still there, and says when the screen clears itself. */
function Countdown({ seconds, words, onStay }: { seconds: number; words: KioskWording; onStay: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <div class="countdown" role="alertdialog" aria-modal="true" aria-labelledby="still-there">
      <h2 id="still-there">{words.stillThere}</h2>
      <p>{words.clearing(seconds)}</p>
      <button type="button" class="submit" onClick={onStay} ref={button}>
        {words.stay}
      </button>
    </div>
  )
}

function CaseHead({ state, language }: { state: RatingScreenProps['state']; language: Language }) {
  const words = kioskWording[language]
  const { serviceCase } = state
  return (
    <dl class="case-head">
      <div class="matter">
        <dt>{words.matter}</dt>
        <dd>{serviceCase.matter?.name ?? '—'}</dd>
      </div>
      <div>
        <dt>{words.caseNumber}</dt>
        <dd>{serviceCase.caseNumber}</dd>
      </div>
      <div>
        <dt>{words.staffNumber}</dt>
        <dd>{serviceCase.staffMember?.staffNumber ?? '—'}</dd>
      </div>
      <div>
        <dt>{words.staffName}</dt>
        <dd>{serviceCase.staffMember?.name ?? '—'}</dd>
      </div>
    </dl>
  )
}
