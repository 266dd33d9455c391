/** What a message is for (短信用途); the same words as the enum `MessageKind` of the graph. */
export type MessageKind =
  | 'RATING_INVITATION'
  | 'RATING_REMINDER'
  | 'REPLY_THANKS'
  | 'REPLY_NOT_UNDERSTOOD'
  | 'OPT_OUT_CONFIRMED'
  | 'REVIEW_RESULT'
  | 'PHONE_RATING_RECORDED'

/** Where a message stands (短信状态); the same words as the enum `MessageState` of the graph. */
export type MessageState = 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'SUPPRESSED'

/** What asks a citizen for something that he did not begin: held back at night, after an opt-out, and once he has rated. */
export const invitationKinds: readonly MessageKind[] = ['RATING_INVITATION', 'RATING_REMINDER']

export function isInvitation(kind: MessageKind): boolean {
  return invitationKinds.includes(kind)
}
