import { Modal } from 'antd'
import type { DeskPage } from '../pages.ts'
import { useLanguage, useWords } from '../speaking.tsx'
import { frameWording } from './wording.ts'

type KeyHelpProps = { isOpen: boolean; pages: readonly DeskPage[]; onClose: () => void }

/** What each key does (快捷键说明). */
export function KeyHelp({ isOpen, pages, onClose }: KeyHelpProps) {
  const { help } = useWords(frameWording)
  const language = useLanguage()
  const groups: [string, [string[], string][]][] = [
    [
      help.everywhere,
      [
        [['?'], help.help],
        [['/'], help.search],
        [['Esc'], help.close],
      ],
    ],
    [
      help.lists,
      [
        [['j', 'k'], help.move],
        [['Enter'], help.open],
        [['n', 'p'], help.leaf],
      ],
    ],
    [help.goTo, pages.map(page => [['g', page.letter], page.title[language]])],
  ]
  return (
    <Modal open={isOpen} title={help.title} footer={null} onCancel={onClose} width={680} className="key-help">
      <div className="key-groups">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, does]) => (
                <div key={names.join()}>
                  <dt>
                    {names.map(name => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
