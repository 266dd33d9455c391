/**
 * The server's clock as a screen knows it: a screen's own may be hours wrong, and deadlines count by the server's (时限以服务器时间为准).
 */
export class ServerClock {
  private aheadMilliseconds = 0
  private readonly ownClock: () => number

  constructor(ownClock: () => number = Date.now) {
    this.ownClock = ownClock
  }

  /** Takes note of a time that the server has just sent. */
  note(serverTime: string): void {
    const time = Date.parse(serverTime)
    if (Number.isFinite(time)) this.aheadMilliseconds = time - this.ownClock()
  }

  /** Now, by the server's clock, epoch milliseconds. */
  now(): number {
    return this.ownClock() + this.aheadMilliseconds
  }
}
