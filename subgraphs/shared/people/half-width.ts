/**
 * What was typed, in the plain form that numbers are compared in: full-width digits and letters become half-width
 * (输入法全角), blanks of any kind and the dashes people group digits with are dropped, letters become capital.
 */
export function halfWidth(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}\u2212]/gu, '')
    .toUpperCase()
}
