/** One bucket of an S3-compatible object store (对象存储), addressed by path: `endpoint/bucket/key`. */
export type S3Address = {
  /** Without a slash at the end, such as `https://oss.example.cn`. */
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const SHAPE = 's3://key:secret@host:port/bucket?region=cn-north-1&tls=false'

/**
 * Reads `s3://key:secret@host:port/bucket?region=…&tls=false`; special characters of the secret are percent-encoded
 * (`/` as `%2F`), region is `us-east-1` and tls `true` when not given. Throws a TypeError that says what is wrong and
 * never repeats the address, since it holds the secret.
 */
export function readS3Address(text: string): S3Address {
  if (!URL.canParse(text)) throw fault('is not an address')
  const url = new URL(text)
  const bucket = url.pathname.slice(1)
  const tls = url.searchParams.get('tls') ?? 'true'
  if (url.protocol !== 's3:') throw fault('must begin with s3://')
  if (!url.hostname) throw fault('names no host')
  if (!url.username || !url.password) throw fault('needs key and secret before the @')
  if (!BUCKET.test(bucket)) throw fault('needs one bucket name after the host')
  if (tls !== 'true' && tls !== 'false') throw fault('takes tls=true or tls=false')
  return {
    endpoint: `${tls === 'true' ? 'https' : 'http'}://${url.host}`,
    bucket,
    region: url.searchParams.get('region') || 'us-east-1',
    accessKeyId: decoded(url.username),
    secretAccessKey: decoded(url.password),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw fault('needs % in key and secret written as %25')
  }
}

function fault(what: string): TypeError {
  return new TypeError(`对象存储地址有误，应形如 ${SHAPE} The address of the object store ${what}; expected ${SHAPE}`)
}
