import { LevelChoice } from '../citizen/level-choice.tsx'
import { type Problem, ProblemBox } from '../citizen/problem-box.tsx'
import { Items } from '../citizen/reasons.tsx'
import { Subject } from '../citizen/subject.tsx'
import { citizenWording } from '../citizen/wording.ts'
import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { PageFrame } from '../serving/page.tsx'
import { TerminalFrame } from './terminal-frame.tsx'
import { terminalWording } from './wording.ts'

export type TerminalPageProps = {
  frame: PageFrame
  token: string
  form: RatingFormQuery['ratingForm']
  level: string
  items: string[]
  problem: Problem | null
}

/** Half a minute without a touch: whoever stood here has gone. */
const idleSeconds = 30

/** The rating form of a self-service terminal (自助终端): matter, case and terminal on top, buttons only, nothing to type. */
export function TerminalPage({ frame, token, form, level, items, problem }: TerminalPageProps) {
  const { language } = frame
  const words = citizenWording[language]
  const address = (step: string, inLanguage = language) => `/terminal/${token}${step}?lang=${inLanguage}`
  return (
    <TerminalFrame
      frame={frame}
      title={words.rateTitle}
      state="alive"
      idle={{ seconds: idleSeconds, address: address('/later') }}
      otherLanguage={address('', language === 'zh' ? 'en' : 'zh')}
    >
      {form.subject && <Subject subject={form.subject} words={words} />}
      <form method="post" action={address('')} id="rating" autocomplete="off">
        <ProblemBox problem={problem} language={language} />
        <input type="hidden" name="formTicket" value={form.formTicket ?? ''} />
        <fieldset class="levels">
          <legend>
            <h1>{words.levelQuestion}</h1>
          </legend>
          {form.levels.map(one => (
            <LevelChoice key={one.level} level={one} isChosen={level === one.level} language={language} />
          ))}
          <div class="after-level">
            {form.levels.map(
              one =>
                one.isReasonRequired && (
                  <fieldset class="reasons" data-level={one.score} key={one.level}>
                    <legend>{words.chooseReason}</legend>
                    <div class="item-grid">
                      <Items level={one} chosenItems={items} language={language} />
                    </div>
                  </fieldset>
                ),
            )}
          </div>
        </fieldset>
        <div class="bar">
          <p class="said" role="status" id="said" />
          <div class="ways">
            <a class="way plain" href={address('/later')}>
              {terminalWording[language].skip}
            </a>
            <button type="submit">{words.submit}</button>
          </div>
        </div>
      </form>
    </TerminalFrame>
  )
}
