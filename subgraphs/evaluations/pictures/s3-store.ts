import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { type PictureStore, PictureStoreFault, requirePictureKey } from './picture-store.ts'
import type { S3Address } from './s3-address.ts'

type Method = 'PUT' | 'GET' | 'DELETE'
type Answer = { status: number; body: Buffer }

const ATTEMPTS = 4
const FIRST_PAUSE_MS = 100
const TIMEOUT_MS = 10_000

/**
 * Pictures as objects of an S3-compatible store, signed with AWS Signature V4, the payload's hash included. Lost connections,
 * timeouts (each attempt's), 429 and 5xx are tried again, four attempts in all; faults name endpoint and bucket, no secret.
 */
export function openS3Store(address: S3Address, timeoutMs: number = TIMEOUT_MS): PictureStore {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey } = address
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 })

  const ask = async (method: Method, key: string, body?: Uint8Array): Promise<Answer> => {
    const response = await client.fetch(`${endpoint}/${bucket}/${key}`, {
      method,
      body: body && new Uint8Array(body),
      headers: {
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
        ...(body && { 'content-type': 'image/jpeg' }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) }
  }

  const askUntilAnswered = async (method: Method, key: string, body?: Uint8Array): Promise<Answer> => {
    requirePictureKey(key)
    let last: unknown
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
      try {
        const answer = await ask(method, key, body)
        if (answer.status < 500 && answer.status !== 429) return answer
        last = new Error(`answered ${answer.status} ${s3Code(answer)}`)
      } catch (error) {
        last = error
      }
    }
    throw new PictureStoreFault(
      'PICTURE_STORE_UNREACHABLE',
      `${method} at ${endpoint}/${bucket} failed ${ATTEMPTS} times, the last: ${reason(last)}`,
      last,
    )
  }

  const refusedBy = (method: Method, answer: Answer) =>
    new PictureStoreFault(
      'PICTURE_STORE_REFUSED',
      `${method} at ${endpoint}/${bucket} was answered ${answer.status} ${s3Code(answer)}`,
    )

  return {
    async put(key, bytes) {
      const answer = await askUntilAnswered('PUT', key, bytes)
      if (answer.status !== 200) throw refusedBy('PUT', answer)
    },
    async get(key) {
      const answer = await askUntilAnswered('GET', key)
      if (answer.status === 200) return answer.body
      if (isAbsent(answer)) return null
      throw refusedBy('GET', answer)
    },
    async delete(key) {
      const answer = await askUntilAnswered('DELETE', key)
      if (![200, 204].includes(answer.status) && !isAbsent(answer)) throw refusedBy('DELETE', answer)
    },
  }
}

// A missing bucket is 404 as well: taken for a missing picture, a typing error would look like an empty store.
function isAbsent(answer: Answer): boolean {
  return answer.status === 404 && s3Code(answer) === 'NoSuchKey'
}

function s3Code({ body }: Answer): string {
  return /<Code>(\w+)<\/Code>/.exec(body.toString('utf8'))?.[1] ?? 'without a code'
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
