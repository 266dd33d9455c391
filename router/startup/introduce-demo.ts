import type { Configuration } from '../../subgraphs/shared/configuration.ts'
import type { DemoCredentials } from './demo-credentials.ts'

/** Tells whoever started the demo where to look and how to sign in. */
export function introduceDemo(
  { url, demo }: { url: string; demo: DemoCredentials | null },
  { isDevelopment, smsUrl }: Configuration,
): void {
  if (!demo) return
  console.log(
    [
      '',
      '政务服务“好差评” 演示省份 demo province',
      `  大屏 wall        ${url}/wall     账号 account: supervisor`,
      `  评价器 kiosk     ${url}/kiosk    设备密钥 device key: kiosk`,
      `  工作台 desk      ${url}/desk     账号 account: city`,
      `  我的评价 portal  ${url}/me       账号 account: citizen, agent`,
      ...(smsUrl === null ? [`  短信 messages    ${url}/outbox`] : []),
      ...(isDevelopment ? [`  图 graph         ${url}/graphql`] : []),
      `  密码 password    ${demo.password}   （所有演示账号 all demo accounts）`,
      '  账号 accounts    province city county handler checker hotline inviter supervisor window analyst auditor liaison citizen agent',
      '  密钥 keys',
      ...demo.clientKeys.map(({ name, key }) => `    ${name.padEnd(14)} ${key}`),
      '',
    ].join('\n'),
  )
}
