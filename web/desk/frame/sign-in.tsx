import { type FormEvent, useState } from 'react'
import { DeskSignInDocument } from '../../kit/generated/operations.ts'
import { graphRequest } from '../../kit/graph-request.ts'
import { languageTag, messageIn, remedyIn } from '../../kit/language.ts'
import { useLanguage, useSpeak, useWords } from '../speaking.tsx'
import { frameWording } from './wording.ts'

type SignInProps = {
  onEnter: (token: string, accountId: string) => void
  /** Stands over a page whose session has ended. */
  isOver?: boolean
}

/** Signs staff in (登录). */
export function SignIn({ onEnter, isOver = false }: SignInProps) {
  const words = useWords(frameWording)
  const language = useLanguage()
  const speak = useSpeak()
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    setBusy(true)
    try {
      const { signIn } = await graphRequest(DeskSignInDocument, {
        name: String(form.get('name')).trim(),
        password: String(form.get('password')),
      })
      if (signIn.__typename === 'SignInSuccess') return onEnter(signIn.token, signIn.viewer.id)
      // Whoever comes too soon is told the seconds by the message itself.
      const isToldToWait = signIn.code === 'SIGN_IN_TOO_SOON' || signIn.retryAfterSeconds === 0
      const remedy = isToldToWait ? remedyIn(language, signIn.remedy) : words.retryAfter(signIn.retryAfterSeconds)
      setProblem(words.sentences(messageIn(language, signIn), remedy))
    } catch {
      setProblem(words.unreachable)
    }
    setBusy(false)
  }

  const form = (
    <form onSubmit={submit} className="sign-in-form">
      <label htmlFor="sign-in-name">{words.account}</label>
      <input id="sign-in-name" name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
      <label htmlFor="sign-in-password">{words.password}</label>
      <input id="sign-in-password" name="password" type="password" autoComplete="current-password" required />
      <p className="problem" role="alert">
        {problem}
      </p>
      <button type="submit" aria-disabled={isBusy}>
        {isBusy ? words.signingIn : words.signIn}
      </button>
    </form>
  )
  if (isOver) return form

  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <main className="sign-in">
      <title>{`${words.signIn} · ${words.product}${words.desk}`}</title>
      <div className="sign-in-sheet">
        <p className="sign-in-product">{words.product}</p>
        <h1>{words.desk}</h1>
        <p>{words.signInHint}</p>
        {form}
        <button type="button" className="plain" lang={languageTag[other]} onClick={() => speak(other)}>
          {words.otherLanguage}
        </button>
      </div>
    </main>
  )
}
