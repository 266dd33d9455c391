import { fork } from 'node:child_process'
import { WebSocket } from 'ws'

const N = Number(process.env.N ?? 1000)
if (process.argv[2] === 'client') {
  let got = 0
  for (let i = 0; i < N; i++) {
    const ws = new WebSocket(process.argv[3]!, 'graphql-transport-ws', { perMessageDeflate: false })
    ws.on('message', d => {
      const t = String(d)
      if (t.includes('connection_ack'))
        ws.send(
          JSON.stringify({
            id: crypto.randomUUID(),
            type: 'subscribe',
            payload: {
              query:
                'subscription { negativeReviews { epoch position previousPosition kind negativeReview { id evaluation { score comment } } } }',
            },
          }),
        )
      else if (t.includes('"next"') && !t.includes('HEARTBEAT')) {
        if (++got === N) {
          got = 0
          process.send!('all')
        }
      }
    })
    await new Promise<void>(r =>
      ws.on('open', () => {
        ws.send(JSON.stringify({ type: 'connection_init', payload: { authorization: 'token-41' } }))
        r()
      }),
    )
  }
  process.send!('ready')
} else {
  const { startHub } = await import('./fixtures/hub.ts')
  const hub = await startHub({
    liveLimits: { connectionsPerAddress: 1e6 },
    feedTimes: { pollMs: 6e5, settleMs: 6e5, heartbeatMs: 6e5 },
  })
  hub.feed.append('/41/', 'warm')
  globalThis.gc?.()
  const before = process.memoryUsage()
  const child = fork(process.argv[1]!, ['client', hub.webSocketUrl])
  const wait = (m: string) =>
    new Promise<void>(r =>
      child.on('message', function f(x) {
        if (x === m) {
          child.off('message', f)
          r()
        }
      }),
    )
  await wait('ready')
  while (hub.door.counts().members < N) await new Promise(r => setTimeout(r, 50))
  globalThis.gc?.()
  await new Promise(r => setTimeout(r, 300))
  globalThis.gc?.()
  const after = process.memoryUsage()
  console.log(
    'KiB/conn heap',
    ((after.heapUsed - before.heapUsed) / N / 1024).toFixed(1),
    'rss',
    ((after.rss - before.rss) / N / 1024).toFixed(1),
    hub.door.counts(),
  )
  for (let round = 0; round < 4; round++) {
    const c = process.cpuUsage()
    const t = performance.now()
    for (let i = 0; i < 30; i++) {
      const w = wait('all')
      hub.feed.append('/41/', `e${round}-${i}`)
      await w
    }
    const u = process.cpuUsage(c)
    console.log(
      'deliveries/CPU-s',
      Math.round((30 * N) / ((u.user + u.system) / 1e6)),
      'ms/event wall',
      ((performance.now() - t) / 30).toFixed(1),
    )
  }
  child.kill()
  process.exit()
}
