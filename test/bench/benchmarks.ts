import type { Benchmark } from './harness/benchmark.ts'

/** All benchmarks by name; each is loaded only when it runs. */
export const benchmarks: Record<string, () => Promise<Benchmark>> = {
  b1: async () => (await import('./durable-rating/durable-rating.ts')).durableRating,
  b2: async () => (await import('./federated-read/federated-read.ts')).federatedRead,
  b3: async () => (await import('./wall-fan-out/wall-fan-out.ts')).wallFanOut,
  b4: async () => (await import('./reconnect-storm/reconnect-storm.ts')).reconnectStorm,
  b5: async () => (await import('./rating-code/rating-code.ts')).ratingCode,
  b8: async () => (await import('./default-sweep/default-sweep.ts')).defaultSweep,
}
