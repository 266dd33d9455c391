import { expect, test } from 'vitest'
import { ConfigurationFault, readConfiguration } from '../../subgraphs/shared/configuration.ts'

/** What whoever starts the hub with this environment is told. */
function faultOf(environment: Record<string, string>): string {
  try {
    readConfiguration(environment)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationFault)
    return (error as Error).message
  }
  throw new Error('the configuration was accepted')
}

test('names every variable that is wrong at once, with what is accepted, in both languages', () => {
  const environment = {
    PORT: '70000',
    PUBLIC_URL: 'hcp.example.cn',
    DATABASE_OWNER_URL: 'mysql://127.0.0.1/hub',
    DEMO: 'yes',
    DEMO_PASSWORD: 'short',
    NODE_ENV: 'prod',
    CASES_URL_FILE: '/there/is/no/such/file',
  }
  expect(faultOf(environment).split('\n')).toEqual([
    '配置有误，请更正 The configuration is wrong, please correct:',
    '  CASES_URL_FILE: 无法读取 cannot be read: /there/is/no/such/file',
    '  PORT: 应为 1 至 65535 的整数 must be a whole number from 1 to 65535',
    '  PUBLIC_URL: 应为形如 https://hcp.example.cn 的地址 must be an address such as https://hcp.example.cn',
    '  DATABASE_OWNER_URL: 应为形如 postgres://hub_app:secret@127.0.0.1:5432/hub 的地址 must be an address such as postgres://hub_app:secret@127.0.0.1:5432/hub',
    '  DEMO: 应为 true、false 之一 must be one of true, false',
    '  DEMO_PASSWORD: 至少 8 个字符 needs at least 8 characters',
    '  NODE_ENV: 应为 development、production、test 之一 must be one of development, production, test',
  ])
})

test.each(['abc', '0', '1.5', '-1'])('PORT=%s is refused', port => {
  expect(faultOf({ PORT: port })).toContain('PORT: 应为 1 至 65535 的整数')
})

test('an owner without the application role is refused', () => {
  expect(faultOf({ DATABASE_OWNER_URL: 'postgres://hub_owner@127.0.0.1/hub' })).toContain(
    'DATABASE_URL: 有 DATABASE_OWNER_URL 时必填 is needed beside DATABASE_OWNER_URL',
  )
})

test('an empty variable counts as none', () => {
  expect(readConfiguration({ PORT: '', PUBLIC_URL: '' })).toMatchObject({
    port: 4000,
    publicUrl: 'http://127.0.0.1:4000',
  })
})
