import { phoneFaults, readPhone } from '../../shared/people/phone.ts'
import type { JurisdictionPolicy } from '../../shared/policy/policy.ts'
import { levelAlone } from './level-alone.ts'
import { type Problem, problem } from './problem.ts'
import type { AskedAbout } from './sub-ratings.ts'
import { type AcceptedDraft, type Draft, judgeDraft } from './submission.ts'

/** What was said on the phone, as far as it is the rating itself. */
export type PhoneDraft = Omit<Draft, 'channel' | 'round' | 'pictures'> & {
  level: AcceptedDraft['level']
  isPublic: boolean
  isAnonymous: boolean
}

/**
 * Judges a rating by telephone (电话评价): by the rules of its channel; where the policy asks the level alone, anything more is a fault, since
 * it would not have been asked.
 */
export function judgePhoneDraft(
  draft: PhoneDraft,
  now: Date,
  policy: JurisdictionPolicy,
  about: AskedAbout,
): { accepted: AcceptedDraft } | { accepted?: undefined; problems: Problem[] } {
  if (policy.phoneForm.value === 'FULL') return judgeDraft({ ...draft, channel: 'PHONE', round: 1 }, now, policy, about)
  const { level, isPublic, isAnonymous } = draft
  const problems = [
    ...(draft.items.length > 0 ? [notAsked('items')] : []),
    ...(draft.text?.trim() ? [notAsked('text')] : []),
    ...(Object.values(draft.subRatings ?? {}).some(answer => answer != null) ? [notAsked('subRatings')] : []),
  ]
  if (problems.length > 0) return { problems }
  return { accepted: levelAlone({ channel: 'PHONE', level, isPublic, isAnonymous }) }
}

function notAsked(path: string): Problem {
  const en = 'here the level alone is asked on the phone; the rest is added by the link in the message'
  return problem(path, 'LEVEL_ALONE', '本地电话评价只问满意度，其余由评价人通过短信链接补充', en)
}

const LONGEST_NAME = 50

/** Reads who was on the line (评价人联系方式): both name and telephone are required. */
export function readCallerContact(given: { contactName: string; contactPhone: string }): {
  contact: { name: string; phone: string } | null
  problems: Problem[]
} {
  const name = given.contactName.normalize('NFKC').trim()
  const phone = readPhone(given.contactPhone)
  const problems: Problem[] = []
  if (name === '' || [...name].length > LONGEST_NAME || name.includes('\0')) {
    const en = `the name of the person on the line is required, at most ${LONGEST_NAME} characters`
    problems.push(problem('contactName', 'NAME_REQUIRED', `请填写评价人姓名，最多${LONGEST_NAME}字`, en))
  }
  if (!phone.ok) {
    const { zh, en } = phoneFaults[phone.fault]
    problems.push(problem('contactPhone', `PHONE_${phone.fault}`, zh, en))
  }
  return { contact: phone.ok && problems.length === 0 ? { name, phone: phone.number } : null, problems }
}
