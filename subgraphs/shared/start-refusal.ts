/**
 * A start that is declined for a reason the operator can remove (拒绝启动): print `message`, exit non-zero, no stack.
 * The message is one Chinese sentence and its English twin, both saying what to do; `code` is stable, for scripts.
 */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal'
  readonly code: string

  constructor(code: string, chinese: string, english: string) {
    super(`${chinese} ${english}`)
    this.code = code
  }
}
