import { creditCheckCharacter } from '../../../subgraphs/shared/people/credit-code.ts'
import type { SeededRandom } from '../seeded-random.ts'
import { UNASSIGNED_DIVISION } from './people.ts'

// The first character says that it is a sample: no firm is meant.
const SAMPLE = [...'示例样演']
const BRAND = [...'安诚达丰恒华嘉康联隆美盛泰通兴源']
const BUSINESSES = ['商贸', '建筑工程', '信息技术', '餐饮管理', '物业服务', '医疗器械', '农业科技', '运输', '文化传媒']

/** The name of a firm that does not exist. */
export function inventedFirm(random: SeededRandom, place: string): string {
  return `${place}${random.pick(SAMPLE)}${random.pick(BRAND)}${random.pick(BUSINESSES)}有限公司`
}

/** First two characters of a credit code: who registered it and what it is. */
export type CreditCodeHead = '11' | '12' | '91'

/** A unified social credit code (统一社会信用代码) with a fitting check character and a division that does not exist. */
export function inventedCreditCode(random: SeededRandom, head: CreditCodeHead): string {
  const body = `${head}${UNASSIGNED_DIVISION}${String(random.below(1_000_000_000)).padStart(9, '0')}`
  return body + creditCheckCharacter(body)
}
