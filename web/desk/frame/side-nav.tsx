import { addressOf, useAddress } from '../address.ts'
import type { DeskPage } from '../pages.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { kept } from './follow-links.ts'
import { Icon } from './icon.tsx'
import { frameWording } from './wording.ts'

/** The pages that this role has. */
export function SideNav({ pages }: { pages: readonly DeskPage[] }) {
  const words = useWords(frameWording)
  const language = useLanguage()
  const { path, parameters } = useAddress()
  return (
    <nav className="side-nav" aria-label={words.pages}>
      <ul>
        {pages.map(page => (
          <li key={page.path}>
            <a
              href={addressOf(page.path, kept(parameters))}
              data-desk-link
              data-keys={`g ${page.letter}`}
              aria-current={page.path === path ? 'page' : undefined}
            >
              <Icon name={page.icon} />
              <span>{page.title[language]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
