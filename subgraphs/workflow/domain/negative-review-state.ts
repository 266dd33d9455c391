/** Where the handling of a bad rating stands (处理状态); the same words as in the graph. */
export type NegativeReviewState = 'DISPATCHED' | 'RECTIFYING' | 'CHECKING' | 'EVALUATOR_TOLD' | 'CLOSED' | 'INVALID'

/** States in which nothing is left to be done. */
export const endedStates: readonly NegativeReviewState[] = ['CLOSED', 'INVALID']
