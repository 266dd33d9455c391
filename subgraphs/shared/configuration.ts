import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const portRange = '应为 1 至 65535 的整数 must be a whole number from 1 to 65535'
const port = z.coerce.number(portRange).int(portRange).min(1, portRange).max(65_535, portRange)
const oneOf = <const Value extends string>(...values: Value[]) =>
  z.enum(values, `应为 ${values.join('、')} 之一 must be one of ${values.join(', ')}`)
/** `example` shows what is accepted. */
const address = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `应为形如 ${example} 的地址 must be an address such as ${example}` })
const webAddress = (example: string) => address(/^https?$/, example)
const databaseAddress = () => address(/^postgres(ql)?$/, 'postgres://hub_app:secret@127.0.0.1:5432/hub')
const subgraphAddress = (fallback: string) => webAddress(fallback).default(fallback)

const shape = z
  .object({
    PORT: port.default(4000),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATA_DIR: z.string().min(1).default('.data'),
    PUBLIC_URL: webAddress('https://hcp.example.cn').optional(),
    DATABASE_URL: databaseAddress().optional(),
    DATABASE_OWNER_URL: databaseAddress().optional(),
    REDIS_URL: address(/^rediss?$/, 'redis://127.0.0.1:6379').optional(),
    REDIS_PREFIX: z.string().min(1).default('haochaping-hub'),
    MYSQL_URL: address(/^(mysql|mariadb)$/, 'mysql://exchange:secret@127.0.0.1:3306/exchange').optional(),
    APOLLO_ROUTER_URL: webAddress('http://127.0.0.1:4005/graphql').optional(),
    SECRET_KEYS_FILE: z.string().min(1).optional(),
    PICTURES_URL: address(/^(file|s3)$/, 's3://key:secret@127.0.0.1:9000/pictures').optional(),
    SMS_URL: address(/^smpps?$/, 'smpp://system:secret@127.0.0.1:2775?source=106900000000').optional(),
    OIDC_ISSUER_URL: webAddress('https://id.example.cn').optional(),
    OIDC_CLIENT_ID: z.string().min(1).optional(),
    OIDC_CLIENT_SECRET: z.string().min(1).optional(),
    DEMO: oneOf('true', 'false').optional(),
    DEMO_PASSWORD: z.string().min(8, '至少 8 个字符 needs at least 8 characters').optional(),
    NODE_ENV: oneOf('development', 'production', 'test').default('development'),
    ALLOWED_ORIGINS: z.string().default(''),
    CASES_URL: subgraphAddress('http://127.0.0.1:4001/graphql'),
    EVALUATIONS_URL: subgraphAddress('http://127.0.0.1:4002/graphql'),
    WORKFLOW_URL: subgraphAddress('http://127.0.0.1:4003/graphql'),
    EXCHANGE_URL: subgraphAddress('http://127.0.0.1:4004/graphql'),
  })
  .refine(values => !values.DATABASE_OWNER_URL || values.DATABASE_URL, {
    path: ['DATABASE_URL'],
    message: '有 DATABASE_OWNER_URL 时必填 is needed beside DATABASE_OWNER_URL',
  })
  .refine(
    values =>
      !values.OIDC_ISSUER_URL === !values.OIDC_CLIENT_ID && !values.OIDC_ISSUER_URL === !values.OIDC_CLIENT_SECRET,
    {
      path: ['OIDC_ISSUER_URL'],
      message: 'OIDC_ISSUER_URL、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET 须同时给出 the three belong together',
    },
  )

/** Everything that can be set from outside (配置), checked as a whole. */
export type Configuration = {
  port: number
  host: string
  dataDirectory: string
  /** Address in QR codes and links. */
  publicUrl: string
  databaseUrl: string | null
  databaseOwnerUrl: string | null
  redisUrl: string | null
  redisPrefix: string
  mysqlUrl: string | null
  apolloRouterUrl: string | null
  secretKeysFile: string | null
  /** Where pictures of ratings are kept: a directory or an S3-compatible store. */
  picturesUrl: string
  /** The carrier of messages; null keeps them in the demo's outbox. */
  smsUrl: string | null
  /** The identity provider of citizens; null has none, or the demo's own. */
  oidc: { issuerUrl: string; clientId: string; clientSecret: string } | null
  /** Demo province and accounts: only on the embedded database, or asked for (decision 25). */
  isDemo: boolean
  demoPassword: string | null
  isDevelopment: boolean
  allowedOrigins: string[]
  subgraphUrls: { cases: string; evaluations: string; workflow: string; exchange: string }
}

/** The configuration is wrong; the message lists every fault at once. */
export class ConfigurationFault extends Error {}

/**
 * Reads the configuration once per process. `NAME_FILE` may name a file that holds the value of `NAME`.
 *
 * @throws ConfigurationFault with all faults, each naming its variable and what is accepted
 */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const faults: string[] = []
  const values: Record<string, string> = {}
  for (const name of Object.keys(shape.shape)) {
    const file = name === 'SECRET_KEYS_FILE' ? undefined : environment[`${name}_FILE`]
    try {
      const value = file ? readFileSync(file, 'utf8').trim() : environment[name]
      if (value !== undefined && value !== '') values[name] = value
    } catch {
      faults.push(`${name}_FILE: 无法读取 cannot be read: ${file}`)
    }
  }
  const parsed = shape.safeParse(values)
  for (const issue of parsed.error?.issues ?? []) faults.push(`${issue.path.join('.')}: ${issue.message}`)
  if (faults.length > 0 || !parsed.success) {
    throw new ConfigurationFault(
      `配置有误，请更正 The configuration is wrong, please correct:\n  ${faults.join('\n  ')}`,
    )
  }
  const read = parsed.data
  return {
    port: read.PORT,
    host: read.HOST,
    dataDirectory: resolve(read.DATA_DIR),
    publicUrl: (read.PUBLIC_URL ?? `http://127.0.0.1:${read.PORT}`).replace(/\/+$/, ''),
    databaseUrl: read.DATABASE_URL ?? null,
    databaseOwnerUrl: read.DATABASE_OWNER_URL ?? null,
    redisUrl: read.REDIS_URL ?? null,
    redisPrefix: read.REDIS_PREFIX,
    mysqlUrl: read.MYSQL_URL ?? null,
    apolloRouterUrl: read.APOLLO_ROUTER_URL ?? null,
    secretKeysFile: read.SECRET_KEYS_FILE ?? null,
    picturesUrl: read.PICTURES_URL ?? pathToFileURL(resolve(read.DATA_DIR, 'pictures')).href,
    smsUrl: read.SMS_URL ?? null,
    oidc: oidcOf(read),
    isDemo: read.DEMO === undefined ? !read.DATABASE_URL : read.DEMO === 'true',
    demoPassword: read.DEMO_PASSWORD ?? null,
    isDevelopment: read.NODE_ENV !== 'production',
    allowedOrigins: read.ALLOWED_ORIGINS.split(',')
      .map(origin => origin.trim())
      .filter(Boolean),
    subgraphUrls: {
      cases: read.CASES_URL,
      evaluations: read.EVALUATIONS_URL,
      workflow: read.WORKFLOW_URL,
      exchange: read.EXCHANGE_URL,
    },
  }
}

function oidcOf({ OIDC_ISSUER_URL, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: z.infer<typeof shape>): Configuration['oidc'] {
  if (!OIDC_ISSUER_URL || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null
  return { issuerUrl: OIDC_ISSUER_URL.replace(/\/+$/, ''), clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET }
}
