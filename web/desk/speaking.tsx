import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { asLanguage, type Language, languageTag } from '../kit/language.ts'

type Speaking = { language: Language; speak: (language: Language) => void }

const SpeakingContext = createContext<Speaking>({ language: 'zh', speak: () => {} })

/** The language of everything on the page; changing it draws everything anew and loses nothing that was typed. */
export function SpeakingProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(
    () => asLanguage(document.documentElement.lang.slice(0, 2)) ?? 'zh',
  )
  const speak = useCallback((chosen: Language) => {
    document.documentElement.lang = languageTag[chosen]
    setLanguage(chosen)
    // The server remembers it in a cookie that scripts cannot write.
    void fetch(`/desk?lang=${chosen}`).catch(() => null)
  }, [])
  const value = useMemo(() => ({ language, speak }), [language, speak])
  return <SpeakingContext value={value}>{children}</SpeakingContext>
}

export function useLanguage(): Language {
  return useContext(SpeakingContext).language
}

export function useSpeak(): (language: Language) => void {
  return useContext(SpeakingContext).speak
}

/** Picks the words of the present language. */
export function useWords<T>(wording: Record<Language, T>): T {
  return wording[useLanguage()]
}
