import { useState } from 'preact/hooks'
import { DeviceDocument } from '../kit/generated/operations.ts'
import { GraphFault, graphRequest } from '../kit/graph-request.ts'
import type { Language } from '../kit/language.ts'
import { storeDeviceKey } from './device-key.ts'
import { kioskWording } from './wording.ts'

/** Asks for the device's key, tries it, and keeps it only when it is the key of a window device. */
export function KeyForm(props: { language: Language; onKey: (key: string) => void; onLanguage: () => void }) {
  const words = kioskWording[props.language]
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const key = new FormData(event.currentTarget as HTMLFormElement).get('deviceKey')!.toString().trim()
    try {
      const { viewer } = await graphRequest(DeviceDocument, {}, key)
      if (!viewer) return setProblem(words.keyRefused)
      if (viewer.role !== 'DEVICE' || !viewer.window) return setProblem(words.notDevice)
      storeDeviceKey(key)
      props.onKey(key)
    } catch (fault) {
      setProblem(fault instanceof GraphFault && fault.reason !== 'UNREACHABLE' ? words.keyRefused : words.unreachable)
    }
  }
  return (
    <main class="key-form">
      <button type="button" class="language" onClick={props.onLanguage}>
        {words.otherLanguage}
      </button>
      <form onSubmit={submit}>
        <h1>{words.signInTitle}</h1>
        <p id="key-hint">{words.signInHint}</p>
        <label for="device-key">{words.deviceKey}</label>
        <input
          id="device-key"
          name="deviceKey"
          type="password"
          required
          autocomplete="off"
          aria-describedby="key-hint"
        />
        <p class="problem" role="alert">
          {problem}
        </p>
        <button type="submit" class="submit">
          {words.signIn}
        </button>
      </form>
    </main>
  )
}
