import { halfWidth } from '../../shared/people/half-width.ts'

/** What a citizen's text (上行短信) wants: a level from 1 to 5, no more invitations, or something nobody foresaw. */
export type Reply = { kind: 'LEVEL'; level: 1 | 2 | 3 | 4 | 5 } | { kind: 'OPT_OUT' } | { kind: 'OTHER' }

const CHINESE_LEVELS = '一二三四五'
const LEVEL = /^[“"'「【(]?([1-5一二三四五])(?:分|星|颗星|级)?[”"'」】)]?[。.!！,，~]*$/
const OPT_OUT = /^(?:TD|T|退订|退定|取消|不要再发)[。.!！]*$/

/** Reads a reply as people type it: full-width digits, blanks, `5分`, `五星`, a full stop behind. Two levels in one text are none. */
export function readReply(text: string): Reply {
  const typed = halfWidth(text)
  const level = LEVEL.exec(typed)?.[1]
  if (level) return { kind: 'LEVEL', level: levelOf(level) }
  return { kind: OPT_OUT.test(typed) ? 'OPT_OUT' : 'OTHER' }
}

function levelOf(character: string): 1 | 2 | 3 | 4 | 5 {
  const place = CHINESE_LEVELS.indexOf(character)
  return (place >= 0 ? place + 1 : Number(character)) as 1 | 2 | 3 | 4 | 5
}
