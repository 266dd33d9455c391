import '../kit/tokens.css'
import './kiosk.css'
import { render } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { asLanguage, type Language, languageTag } from '../kit/language.ts'
import { forgetDeviceKey, storedDeviceKey } from './device-key.ts'
import { KeyForm } from './key-form.tsx'
import { WindowScreen } from './window-screen.tsx'

/** The window device (窗口评价屏): its key once, then the screen. `/kiosk#key` asks for another key. */
function Kiosk() {
  const [language, setLanguage] = useState<Language>(asLanguage(document.documentElement.lang.slice(0, 2)) ?? 'zh')
  const [deviceKey, setDeviceKey] = useState(location.hash === '#key' ? null : storedDeviceKey())
  useEffect(() => {
    document.documentElement.lang = languageTag[language]
  }, [language])
  const switchLanguage = () => setLanguage(language === 'zh' ? 'en' : 'zh')
  const signOut = useCallback(() => {
    forgetDeviceKey()
    setDeviceKey(null)
  }, [])
  return deviceKey === null ? (
    <KeyForm language={language} onKey={setDeviceKey} onLanguage={switchLanguage} />
  ) : (
    <WindowScreen language={language} deviceKey={deviceKey} onSignedOut={signOut} onLanguage={switchLanguage} />
  )
}

const screen = document.querySelector('#screen')!
screen.replaceChildren()
render(<Kiosk />, screen)
