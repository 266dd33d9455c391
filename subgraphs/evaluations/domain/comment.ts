// Numbers are looked for as people write them: full-width, grouped by blanks or dashes, in the middle of a sentence.
const GROUPING = /(?<=\d)[\s\p{Pd}·.]+(?=\d)/gu
const PATTERNS = [
  // Mobile numbers: 11 digits from 13 to 19, with or without +86.
  /(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)/,
  // Landlines with their area code.
  /(?<!\d)0(?:10|2\d|[3-9]\d{2})[2-9]\d{6,7}(?!\d)/,
  // Identity numbers of 18 or 15 digits, whether their check digit holds or not: a typing error names a person, too.
  /(?<!\d)[1-9]\d{16}[\dxX](?![\dxX])/,
  /(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)/,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/,
  // WeChat and QQ by their names, since the numbers alone look like any other.
  /(?:微信|v信|vx|wechat|qq)\p{P}*(?:号|号码|id)?\s*(?:是|为)?\s*[:：]?\s*[a-z\d][\w-]{4,}/iu,
]

/**
 * Whether a text (文字评价) seems to name a person by phone, identity number, e-mail or chat account (疑似个人信息). A suspicion only:
 * the text is kept as it is, and shown to fewer people.
 */
export function isSuspectedPersonal(text: string): boolean {
  const plain = text.normalize('NFKC')
  const joined = plain.replace(GROUPING, '')
  return PATTERNS.some(pattern => pattern.test(plain) || pattern.test(joined))
}
