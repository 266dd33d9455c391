const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** 张三丰 → 张**: the first character stays; a name of one character shows nothing. */
export function maskName(name: string): string {
  const letters = Array.from(segmenter.segment(name.trim()), ({ segment }) => segment)
  if (letters.length < 2) return '*'.repeat(letters.length)
  return letters[0] + '*'.repeat(letters.length - 1)
}

/** 13900000000 → 139****0000, 0371-60000000 → 0371-****0000; anything too short to hide behind shows nothing. */
export function maskPhone(phone: string): string {
  const landline = /^(0\d{2,3}-)\d+(\d{4})$/.exec(phone)
  if (landline) return `${landline[1]}****${landline[2]}`
  return phone.length < 11 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}****${phone.slice(-4)}`
}

/** First three and last two characters of an identity number or credit code, first and last one of a shorter number. */
export function maskDocumentNumber(number: string): string {
  const [head, tail] = number.length >= 15 ? [3, 2] : number.length >= 7 ? [1, 1] : [0, 0]
  return number.slice(0, head) + '*'.repeat(number.length - head - tail) + number.slice(number.length - tail)
}
