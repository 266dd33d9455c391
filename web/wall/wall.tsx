import '../kit/tokens.css'
import './wall.css'
import { useCallback, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { asLanguage } from '../kit/language.ts'
import { forgetToken, storedToken, storeToken } from './session-token.ts'
import { SignInForm } from './sign-in-form.tsx'
import { SignedIn } from './signed-in.tsx'

const language = asLanguage(document.documentElement.lang.slice(0, 2)) ?? 'zh'

/** The supervisor's wall (大厅值班大屏): signed in once, then it runs for weeks. */
function Wall() {
  const [token, setToken] = useState(storedToken)
  const [hasEnded, setEnded] = useState(false)
  const leave = useCallback((isByWish: boolean) => {
    forgetToken()
    setEnded(!isByWish)
    setToken(null)
  }, [])
  const enter = (fresh: string) => {
    storeToken(fresh)
    setToken(fresh)
  }
  return token === null ? (
    <SignInForm language={language} hasEnded={hasEnded} onSignedIn={enter} />
  ) : (
    <SignedIn language={language} token={token} onLeave={leave} />
  )
}

createRoot(document.querySelector('#screen')!).render(<Wall />)
