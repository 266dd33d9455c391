import { editionInForce, findItem, type ItemEdition, MOST_ITEMS } from './item-editions.ts'
import { type Problem, problem } from './problem.ts'
import type { RatingSubjectKind } from './rated-subject.ts'
import { isLevel } from './rating.ts'

/** Why a chosen item (测评内容) cannot be taken. */
export type ItemFault = 'ITEMS_TOO_MANY' | 'ITEM_TWICE' | 'ITEM_UNKNOWN' | 'ITEM_NOT_IN_FORCE' | 'ITEM_OF_OTHER_LEVEL'

/** The faults of the chosen items: each must be in force at `now`, belong to the level, and be chosen once. */
export function problemsOfItems(
  codes: readonly string[],
  level: number,
  now: Date,
  editions: readonly ItemEdition[],
  subjectKind: RatingSubjectKind = 'CASE',
): Problem<ItemFault>[] {
  if (codes.length > MOST_ITEMS) {
    const en = `at most ${MOST_ITEMS} items can be chosen`
    return [problem('items', 'ITEMS_TOO_MANY', `最多选择${MOST_ITEMS}项`, en)]
  }
  const inForce = new Set(editionInForce(now, subjectKind, editions)?.items.map(({ code }) => code))
  return codes.flatMap((code, i) => {
    const path = `items.${i}`
    const item = findItem(code, editions)
    if (!item) return problem(path, 'ITEM_UNKNOWN', '没有这一测评内容', 'there is no such item')
    const { zh, en } = item
    if (codes.indexOf(code) !== i) return problem(path, 'ITEM_TWICE', `“${zh}”选了两次`, `“${en}” was chosen twice`)
    if (!inForce.has(code)) {
      return problem(path, 'ITEM_NOT_IN_FORCE', `“${zh}”现在不可选`, `“${en}” cannot be chosen now`)
    }
    if (isLevel(level) && item.level !== level) {
      return problem(path, 'ITEM_OF_OTHER_LEVEL', `“${zh}”不属于所选满意度`, `“${en}” belongs to another level`)
    }
    return []
  })
}
