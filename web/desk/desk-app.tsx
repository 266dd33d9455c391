import { App, ConfigProvider, Modal } from 'antd'
import enUS from 'antd/es/locale/en_US'
import zhCN from 'antd/es/locale/zh_CN'
import { useMemo, useRef, useState } from 'react'
import { Provider } from 'urql'
import { Frame } from './frame/frame.tsx'
import { SignIn } from './frame/sign-in.tsx'
import { frameWording } from './frame/wording.ts'
import { openGraphClient } from './graph-client.ts'
import { nonce } from './nonce.ts'
import { beginSession, useSession } from './session.ts'
import { useLanguage, useWords } from './speaking.tsx'
import { deskTheme } from './theme.ts'

const theme = deskTheme()

/** The staff desk (工作台): whoever is signed in and his pages; when a session ends midway, the sign-in stands over what was being done. */
export function DeskApp() {
  const { token, hasEnded } = useSession()
  const language = useLanguage()
  const words = useWords(frameWording)
  const accountId = useRef<string | null>(null)
  const [person, setPerson] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another person gets another client and never sees the first one's answers
  const client = useMemo(openGraphClient, [person])

  const enter = (fresh: string, id: string) => {
    if (id !== accountId.current) setPerson(count => count + 1)
    accountId.current = id
    beginSession(fresh)
  }

  return (
    <ConfigProvider
      locale={language === 'zh' ? zhCN : enUS}
      theme={theme}
      csp={{ nonce }}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      <App component={false}>
        {token === null ? (
          <SignIn onEnter={enter} />
        ) : (
          <Provider value={client}>
            <Frame
              key={person}
              onWho={id => {
                accountId.current = id
              }}
            />
            <Modal
              open={hasEnded}
              title={words.sessionEnded}
              footer={null}
              closable={false}
              keyboard={false}
              width={420}
            >
              <p>{words.sessionEndedHint}</p>
              <SignIn isOver onEnter={enter} />
            </Modal>
          </Provider>
        )}
      </App>
    </ConfigProvider>
  )
}
