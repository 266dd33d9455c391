/** WebSocket close codes of our own; all others are those of graphql-transport-ws (关闭代码). */
export const closeCodes = {
  /** Going away: the door is being stopped; connect again, with `after`. */
  goingAway: { code: 1001, reason: 'Going away' },
  /** The session cannot be checked because a part of the hub is down; try again later. */
  notCheckable: { code: 1013, reason: 'The session cannot be checked now, try again later' },
  /** A reader who does not keep up; connect again, with `after`. */
  slowReader: { code: 4290, reason: 'Slow reader, resume with after' },
  /** The session ended or its rights changed; sign in or connect again. */
  rightLost: { code: 4403, reason: 'Forbidden' },
} as const
