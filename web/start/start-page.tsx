import { Page, type PageFrame } from '../serving/page.tsx'
import { startWording } from './wording.ts'

export type StartPageProps = { frame: PageFrame; isDemo: boolean; hasOutbox: boolean }

/** The plain page at `/` that leads to the others; on a demo also the account names, never a password. */
export function StartPage({ frame, isDemo, hasOutbox }: StartPageProps) {
  const words = startWording[frame.language]
  const doors = hasOutbox ? [...words.doors, words.outboxDoor] : words.doors
  const other = frame.language === 'zh' ? 'en' : 'zh'
  return (
    <Page frame={frame} title={words.title}>
      <header class="masthead">
        <p>{words.title}</p>
        <a href={`/?lang=${other}`} lang={other} hreflang={other}>
          {words.otherLanguage}
        </a>
      </header>
      <main>
        <h1>{words.heading}</h1>
        <p class="lead">{words.lead}</p>
        <nav aria-label={words.heading}>
          <ul class="doors">
            {doors.map(door => (
              <li key={door.address}>
                <a href={door.address}>
                  <strong>{door.name}</strong>
                  <span class="address">{door.address}</span>
                  <span>{door.who}</span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <p class="note">{words.codeNote}</p>
        {isDemo && (
          <section>
            <h2>{words.demoTitle}</h2>
            <p>{words.demoNote}</p>
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.account}</th>
                  <th scope="col">{words.role}</th>
                </tr>
              </thead>
              <tbody>
                {words.accounts.map(([name, role]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{role}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </main>
    </Page>
  )
}
