import { fork } from 'node:child_process'
import { once } from 'node:events'

/** A load generator made by `createLoad` of its module: methods that take one value and answer one. */
// biome-ignore lint/suspicious/noExplicitAny: every load has its own inputs and answers
export type Load = Record<string, (input: any) => unknown>

export type LoadProcess<L extends Load> = {
  pid: number
  call<M extends keyof L & string>(method: M, input: Parameters<L[M]>[0]): Promise<Awaited<ReturnType<L[M]>>>
  end(): Promise<void>
}

/** Starts a load generator in a process of its own, so that its processor time is not the server's. */
export async function startLoad<L extends Load>(module: URL): Promise<LoadProcess<L>> {
  const child = fork(new URL('./load-child.ts', import.meta.url), [module.href], {
    serialization: 'advanced',
    execArgv: [],
  })
  const exited = once(child, 'exit')
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  const started = Promise.withResolvers<void>()
  let lastId = 0
  child.on('message', ({ id, result, fault }: { id: number; result?: unknown; fault?: string }) => {
    if (id === 0) return started.resolve()
    const call = waiting.get(id)!
    waiting.delete(id)
    if (fault === undefined) call.resolve(result as never)
    else call.reject(new Error(fault))
  })
  child.once('exit', code => {
    const error = new Error(`the load generator ended with ${code}`)
    started.reject(error)
    for (const { reject } of waiting.values()) reject(error)
  })
  await started.promise
  return {
    pid: child.pid!,
    call: (method, input) =>
      new Promise((resolve, reject) => {
        lastId += 1
        waiting.set(lastId, { resolve, reject })
        child.send({ id: lastId, method, input })
      }),
    async end() {
      child.disconnect()
      await exited
    },
  }
}
