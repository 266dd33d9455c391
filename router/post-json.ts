import { type Agent, request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { ExecutionResult } from 'graphql'

/** An answer larger than this is not one of ours, bytes. */
const maxAnswerBytes = 64 * 1024 * 1024

/**
 * Posts one GraphQL request over a kept-alive connection and returns its answer. Rejects when nobody answers, when the answer is no
 * GraphQL answer, or when `signal` ends the wait. A kept connection that the other side had just closed is tried once more, unless it is a mutation's.
 */
export function postJson(options: {
  url: string
  agent: Agent
  body: string
  headers: Record<string, string>
  signal?: AbortSignal
  isRepeatable?: boolean
}): Promise<ExecutionResult> {
  const { url, agent, body, headers, signal, isRepeatable = true } = options
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    const request = send(url, {
      method: 'POST',
      agent,
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const wasStale = request.reusedSocket && error.code === 'ECONNRESET'
      if (wasStale && isRepeatable && !signal?.aborted)
        postJson({ ...options, isRepeatable: false }).then(resolve, reject)
      else reject(error)
    })
    request.on('response', response => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > maxAnswerBytes) request.destroy(new Error('the answer is too large'))
        else chunks.push(chunk)
      })
      response.on('error', reject)
      response.on('end', () => {
        try {
          resolve(readAnswer(Buffer.concat(chunks).toString('utf8'), response.statusCode ?? 0))
        } catch (error) {
          reject(error as Error)
        }
      })
    })
    request.end(body)
  })
}

function readAnswer(text: string, status: number): ExecutionResult {
  const answer = text.startsWith('{') ? JSON.parse(text) : null
  if (!answer || !('data' in answer || 'errors' in answer)) throw new Error(`status ${status} without a GraphQL answer`)
  if (status === 401) throw new Error('the identity was refused')
  return answer
}
