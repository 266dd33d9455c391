import { type Language, languageTag } from '../kit/language.ts'
import type { Kiosk, KioskAction } from './kiosk-state.ts'
import { kioskWording } from './wording.ts'

/** How loud the prompt is spoken (语音音量). */
export const volumes = ['LOUD', 'SOFT', 'OFF'] as const
export type Volume = (typeof volumes)[number]

const loudness = { LOUD: 1, SOFT: 0.35 }
const storageName = 'volume'

/** What is said when this action has led from one state to the next: the question, then every label that is touched. Null for silence. */
export function spokenAfter(before: Kiosk, after: Kiosk, action: KioskAction, language: Language): string | null {
  const words = kioskWording[language]
  const { state } = after
  if (state.step !== before.state.step) {
    if (state.step === 'RATING') return words.question
    return state.step === 'THANKS' ? words.thanks : null
  }
  if (state.step !== 'RATING' || before.state.step !== 'RATING') return null
  if (state.serviceCase.id !== before.state.serviceCase.id) return words.question
  const level = state.form.levels.find(each => each.level === state.level)
  if (action.kind === 'LEVEL_CHOSEN' && level) return language === 'en' ? level.labelEnglish : level.label
  if (action.kind !== 'ITEM_TOGGLED' || !state.items.includes(action.code)) return null
  const item = level?.items.find(({ code }) => code === action.code)
  return (language === 'en' ? item?.textEnglish : item?.text) ?? null
}

export function storedVolume(): Volume {
  const kept = localStorage.getItem(storageName)
  return volumes.find(volume => volume === kept) ?? 'LOUD'
}

export function storeVolume(volume: Volume): void {
  localStorage.setItem(storageName, volume)
}

/** Speaks a text instead of whatever is being spoken; null only ends that. A device without a voice stays silent. */
export function speak(text: string | null, language: Language, volume: Volume): void {
  try {
    speechSynthesis.cancel()
    if (text === null || volume === 'OFF') return
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = languageTag[language]
    utterance.volume = loudness[volume]
    speechSynthesis.speak(utterance)
  } catch {
    // No speech on this device: everything is readable, too.
  }
}
