import { useState } from 'preact/hooks'
import type { Language } from '../kit/language.ts'
import { speak, storedVolume, storeVolume, volumes } from './spoken.ts'
import { kioskWording } from './wording.ts'

/** Loud, soft, off, and loud again (语音音量); kept on the device. */
export function VolumeButton({ language }: { language: Language }) {
  const words = kioskWording[language]
  const [volume, setVolume] = useState(storedVolume)
  const change = () => {
    const next = volumes[(volumes.indexOf(volume) + 1) % volumes.length]!
    storeVolume(next)
    setVolume(next)
    speak(words.volume[next], language, next)
  }
  return (
    <button type="button" onClick={change}>
      {words.volume[volume]}
    </button>
  )
}
