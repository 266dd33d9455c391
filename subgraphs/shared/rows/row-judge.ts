import { parseSourceTime, sourceTimeFaults } from '../clock/shanghai-time.ts'
import { type InputProblem, inputProblem } from './input-problem.ts'

/** Collects what is wrong, and what is merely odd, about one reported row, field by field. */
export type RowJudge = {
  problems: InputProblem[]
  warnings: InputProblem[]
  refuse(path: string, code: string, message: string, messageEnglish: string): null
  warn(path: string, code: string, message: string, messageEnglish: string): void
  /** A text without blanks around it; null when it is empty. */
  text(path: string, value: string | null | undefined, longest: number): string | null
  /** As `text`, but it must be there. */
  needed(path: string, value: string | null | undefined, longest: number): string | null
  /** The meaning of a code of a code set. */
  code<Value>(path: string, value: string, codes: Readonly<Record<string, Value>>): Value | null
  /** A time as sources write it; null when it is empty or was refused. */
  time(path: string, value: string | null | undefined): Date | null
}

// PostgreSQL takes no zero character, and none of the others has a place in a name or number.
const controlCharacter = /\p{Cc}/u

export function createRowJudge(): RowJudge {
  const problems: InputProblem[] = []
  const warnings: InputProblem[] = []
  const refuse: RowJudge['refuse'] = (...fault) => {
    problems.push(inputProblem(...fault))
    return null
  }

  const text: RowJudge['text'] = (path, value, longest) => {
    const trimmed = value?.trim() ?? ''
    if (trimmed === '') return null
    if (controlCharacter.test(trimmed)) {
      return refuse(
        path,
        'CONTROL_CHARACTER',
        '含有不可见的控制字符，请删除',
        'contains control characters: remove them',
      )
    }
    const length = [...trimmed].length
    if (length <= longest) return trimmed
    return refuse(
      path,
      'TOO_LONG',
      `最多 ${longest} 个字符，收到 ${length} 个`,
      `at most ${longest} characters, ${length} were given`,
    )
  }

  const needed: RowJudge['needed'] = (path, value, longest) => {
    if ((value?.trim() ?? '') === '') return refuse(path, 'MISSING', '必填', 'is required')
    return text(path, value, longest)
  }

  const code: RowJudge['code'] = (path, value, codes) => {
    const written = value.trim()
    if (Object.hasOwn(codes, written)) return codes[written]!
    const accepted = Object.keys(codes).join('、')
    return refuse(path, 'CODE_UNKNOWN', `应为 ${accepted} 之一，收到 ${shown(written)}`, `must be one of ${accepted}`)
  }

  const time: RowJudge['time'] = (path, value) => {
    if ((value?.trim() ?? '') === '') return null
    const read = parseSourceTime(value!)
    if (read.ok) return read.at
    const seconds = /:\d{2}:(\d{2})/.exec(value!)?.[1]
    if (read.fault === 'CLOCK_NOT_REAL' && Number(seconds) > 59) {
      return refuse(
        path,
        'SECONDS_OUT_OF_RANGE',
        `秒应为 00–59，收到 ${seconds}`,
        `seconds are 00 to 59, ${seconds} was given`,
      )
    }
    const { zh, en } = sourceTimeFaults[read.fault]
    return refuse(path, read.fault, zh, en)
  }

  return {
    problems,
    warnings,
    refuse,
    warn: (...oddity) => void warnings.push(inputProblem(...oddity)),
    text,
    needed,
    code,
    time,
  }
}

/** A faulty code is quoted, but only as much of it as cannot be a person's data. */
const shown = (code: string) => `“${code.slice(0, 8)}”`
