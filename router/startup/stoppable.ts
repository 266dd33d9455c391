/** What has been started, ended in reverse order (关闭顺序): what came last leans on what came first. */
export class Started {
  #stops: { name: string; stop: () => Promise<unknown> }[] = []

  /** Remembers how to end something, and answers it. */
  add<T extends { stop(): Promise<unknown> }>(name: string, part: T): T {
    this.#stops.push({ name, stop: () => part.stop() })
    return part
  }

  /** Ends everything; one that fails to end does not keep the others. */
  async stop(log: (line: string) => void): Promise<void> {
    for (const { name, stop } of this.#stops.splice(0).reverse()) {
      await stop().catch(error => log(`${name} did not stop cleanly: ${(error as Error).message}`))
    }
  }
}
