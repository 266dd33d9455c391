import { type FormEvent, useState } from 'react'
import { SignInDocument } from '../kit/generated/operations.ts'
import { graphRequest } from '../kit/graph-request.ts'
import { type Language, languageTag, messageIn, remedyIn } from '../kit/language.ts'
import { wallWording } from './wording.ts'

type SignInFormProps = { language: Language; hasEnded: boolean; onSignedIn: (token: string) => void }

/** Signs the supervisor in (登录). */
export function SignInForm({ language, hasEnded, onSignedIn }: SignInFormProps) {
  const words = wallWording[language]
  const [problem, setProblem] = useState(hasEnded ? words.sessionEnded : '')
  const [isBusy, setBusy] = useState(false)

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const form = new FormData(event.currentTarget)
    setBusy(true)
    try {
      const { signIn } = await graphRequest(SignInDocument, {
        name: String(form.get('name')).trim(),
        password: String(form.get('password')),
      })
      if (signIn.__typename === 'SignInSuccess') return onSignedIn(signIn.token)
      // Whoever comes too soon is told the seconds by the message itself.
      const isToldToWait = signIn.code === 'SIGN_IN_TOO_SOON' || signIn.retryAfterSeconds === 0
      const remedy = isToldToWait ? remedyIn(language, signIn.remedy) : words.retryAfter(signIn.retryAfterSeconds)
      setProblem(words.sentences(messageIn(language, signIn), remedy))
    } catch {
      setProblem(words.unreachable)
    }
    setBusy(false)
  }

  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <main className="sign-in">
      <form onSubmit={submit}>
        <h1>{words.title}</h1>
        <p>{words.signInHint}</p>
        <label htmlFor="name">{words.account}</label>
        <input id="name" name="name" autoComplete="username" autoCapitalize="none" spellCheck={false} required />
        <label htmlFor="password">{words.password}</label>
        <input id="password" name="password" type="password" autoComplete="current-password" required />
        <p className="problem" role="alert">
          {problem}
        </p>
        <button type="submit" aria-disabled={isBusy}>
          {isBusy ? words.signingIn : words.signIn}
        </button>
      </form>
      <a href={`/wall?lang=${other}`} lang={languageTag[other]} hrefLang={other}>
        {words.otherLanguage}
      </a>
    </main>
  )
}
