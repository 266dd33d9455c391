/** A rating that came by SMS within this time, with the same level, is the same reply come again (上行短信至少一次). */
export const SAME_REPLY_MS = 10 * 60_000

type Rated = { score: number; channel: string; evaluatedAt: Date }

/**
 * Which invitation a level answers: the latest whose case nobody has rated, else the latest. A text that the carrier brings twice must
 * not rate a second case, so an invitation that was answered with the same level just before counts as the one meant.
 *
 * @param sent the invitations of the phone, the latest first
 */
export function answeredInvitation<Sent extends { caseId: string }>(
  sent: readonly Sent[],
  ratings: ReadonlyMap<string, Rated>,
  { level, receivedAt }: { level: number; receivedAt: Date },
): Sent | null {
  const isSameReply = ({ caseId }: Sent) => {
    const rating = ratings.get(caseId)
    if (rating?.channel !== 'SMS' || rating.score !== level) return false
    return Math.abs(receivedAt.getTime() - rating.evaluatedAt.getTime()) <= SAME_REPLY_MS
  }
  return sent.find(isSameReply) ?? sent.find(({ caseId }) => !ratings.has(caseId)) ?? sent[0] ?? null
}
