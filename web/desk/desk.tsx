import '../kit/tokens.css'
import './desk.css'
import { createRoot } from 'react-dom/client'
import { DeskApp } from './desk-app.tsx'
import { allowOwnStyles } from './nonce.ts'
import { rememberScroll } from './scroll-memory.ts'
import { SpeakingProvider } from './speaking.tsx'

allowOwnStyles()
rememberScroll()
createRoot(document.querySelector('#screen')!).render(
  <SpeakingProvider>
    <DeskApp />
  </SpeakingProvider>,
)
