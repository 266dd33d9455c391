/**
 * What the paper of a static code (静态码) says. `printedId` is the id by which a code is told on the phone or retired
 * (印制编号); `place` a hall, station or region; a code of one staff member has his name, number (工号) and perhaps window.
 */
export type PrintedCode = {
  url: string
  printedId: string
  place: string
  staff: { name: string; number: string; windowNumber: string | null } | null
}

/** What a receipt (办件回执) says: the service, never the applicant. `closedAt` is null while the case is not closed. */
export type PrintedReceipt = {
  url: string
  matter: string
  caseNumber: string
  department: string
  hall: string | null
  windowNumber: string | null
  staff: { name: string; number: string } | null
  acceptedAt: Date | null
  closedAt: Date | null
  rateUntil: Date
}

/** Where an address leads, as printed beside its code. Throws TypeError for what is no address. */
export function hostOf({ url }: { url: string }): string {
  return new URL(url).host
}
