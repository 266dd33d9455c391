import { identityCheckCharacter } from '../../../subgraphs/shared/people/identity-number.ts'
import type { SeededRandom } from '../seeded-random.ts'

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
]
const FIRST = [...'安柏晨楚恩芳桂涵嘉景凯兰敏南沛启荣书思天婉希亚永云泽芷']
const LAST = [...'彬川丹帆歌禾杰珂岚铭宁鹏琪然珊涛薇欣妍洋怡峥竹']

/** A name put together from lists (编造的姓名); whom it fits, it fits by chance. */
export function inventedName(random: SeededRandom): string {
  return random.pick(SURNAMES) + random.pick(FIRST) + random.pick(LAST)
}

/** The block of every phone number of the demo province: 19900, a number nobody is to call. */
export const PHONE_BLOCK = '19900'

export function inventedPhone(random: SeededRandom): string {
  return PHONE_BLOCK + String(random.below(1_000_000)).padStart(6, '0')
}

/** No division has this code, so no identity number and no credit code that carries it was ever given out. */
export const UNASSIGNED_DIVISION = '999999'

/** An identity number (身份证号) that is well formed and can belong to nobody. */
export function inventedIdentityNumber(random: SeededRandom): string {
  const day = [random.between(1950, 2004), random.between(1, 12), random.between(1, 28)]
  const born = day.map(part => String(part).padStart(2, '0')).join('')
  const body = `${UNASSIGNED_DIVISION}${born}${String(random.below(1000)).padStart(3, '0')}`
  return body + identityCheckCharacter(body)
}
