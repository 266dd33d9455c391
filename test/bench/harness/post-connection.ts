import { Agent, request } from 'node:http'

export type Post = (body: string, credential?: string) => Promise<{ status: number; text: string }>

/** Posts JSON over kept-alive connections with as little work as Node allows, since the generator's time is not what is measured. */
export function postConnection(url: string, mostSockets = 256): { post: Post; close(): void } {
  const { hostname, port, pathname } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: mostSockets })
  return {
    post: (body, credential) =>
      new Promise((resolve, reject) => {
        const headers: Record<string, string | number> = {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        }
        if (credential) headers.authorization = `Bearer ${credential}`
        const asking = request({ hostname, port, path: pathname, method: 'POST', agent, headers }, response => {
          const chunks: Buffer[] = []
          response.on('data', chunk => chunks.push(chunk))
          response.on('end', () =>
            resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString('utf8') }),
          )
          response.on('error', reject)
        })
        asking.on('error', reject)
        asking.end(body)
      }),
    close: () => agent.destroy(),
  }
}
