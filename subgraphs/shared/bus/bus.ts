/**
 * Carries facts between subgraphs and processes (总线). A transport, never the truth: it may lose or repeat, and whoever listens
 * repairs that from positions in PostgreSQL. Two of them, one contract: `memory-bus.ts` in one process, `redis-bus.ts` between several.
 */
export type Bus = {
  /** Hands messages to everyone who listens to the topic, in order. Rejects when the transport is away; the caller tries again. */
  publish(topic: string, messages: string[]): Promise<void>
  /** Hears every message published after it resolves. */
  subscribe(topic: string, listen: (message: string) => void): Promise<{ stop(): Promise<void> }>
  close(): Promise<void>
}
