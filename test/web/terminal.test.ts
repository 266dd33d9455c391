import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusal } from '../../subgraphs/shared/error-catalogue.ts'
import { postForm, textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens({ publicUrl: 'https://hcp.example', allowedOrigins: ['https://terminal.example'] })
})
afterAll(() => screens.stop())

const get = (url: string) => screens.server.inject(url)
const terminal = (more: object = {}) => screens.graph.addCode({ kind: 'TERMINAL', terminalNumber: 'ZZ-0031', ...more })

it('names matter, case and terminal, and neither a clerk nor anything to type', async () => {
  const { body } = await get(`/terminal/${terminal()}`)
  expect(textOf(body)).toContain('事项 企业设立登记 办件编号 4101**********0123 自助终端 ZZ-0031 您对本次服务满意吗？')
  expect(textOf(body)).not.toMatch(/工作人员|张晓雨|工号/)
  const typed = [...body.matchAll(/<(?:textarea|input)[^>]*>/g)].map(([tag]) => tag)
  expect(typed.filter(tag => !/type="(radio|checkbox|hidden)"/.test(tag))).toEqual([])
})

it('may be framed by our own and the allowed origins, sets no cookie and is not kept', async () => {
  const token = terminal()
  for (const url of [`/terminal/${token}?lang=en`, `/terminal/${token}/later`, `/terminal/${token}/done`]) {
    const { headers } = await get(url)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self' https://terminal.example")
    expect(headers['x-frame-options']).toBeUndefined()
    expect(headers['set-cookie']).toBeUndefined()
    expect(headers['cache-control']).toBe('no-store')
  }
})

it('stores a rating without JavaScript and shows the receipt on the answer itself, in no cookie', async () => {
  const token = terminal()
  const back = await postForm(screens, `/terminal/${token}`, [['level', 'DISSATISFIED']])
  expect([back.statusCode, textOf(back.body)]).toEqual([422, expect.stringContaining('请至少选择一项原因或填写文字')])
  const stored = await postForm(screens, `/terminal/${token}?lang=en`, [
    ['formTicket', `ticket-${token}`],
    ['level', 'DISSATISFIED'],
    ['item-DISSATISFIED', '210'],
  ])
  const { receiptNumber } = screens.graph.ratings.get(token)!
  expect(stored.statusCode).toBe(200)
  expect(textOf(stored.body)).toContain(`Rating submitted, thank you Receipt number ${receiptNumber}`)
  expect(stored.headers['set-cookie']).toBeUndefined()
})

it('prints the code of the same case for whoever leaves, and clears everything on its last page', async () => {
  const token = terminal({ takeHomeUrl: 'https://hcp.example/r/receipt-code-of-this-case' })
  const later = await get(`/terminal/${token}/later`)
  expect(textOf(later.body)).toContain('带回去再评 企业设立登记 用手机扫描二维码，凭办理时登记的手机号后四位评价。')
  expect(later.body).toMatch(/src="data:image\/svg\+xml;base64,/)
  expect(later.body).toContain('data-is-printed')
  const done = await get(`/terminal/${token}/done`)
  expect(done.headers['clear-site-data']).toBe('"cookies", "storage", "cache"')
  expect(textOf(done.body)).toContain('本次评价已结束 本页没有保留任何个人信息。')
  expect(done.body).not.toMatch(/企业设立登记|4101/)
})

it('gives the next person no paper of a code that ran out', async () => {
  const token = terminal({ ...refusal('CODE_EXPIRED'), state: 'EXPIRED' })
  const { statusCode, headers } = await get(`/terminal/${token}/later`)
  expect([statusCode, headers.location]).toEqual([303, `/terminal/${token}/done`])
})

it('says why it cannot be rated, and opens for codes of terminals alone', async () => {
  const closed = await get(`/terminal/${terminal({ ...refusal('CASE_VOID'), state: 'NOT_RATEABLE' })}`)
  expect([closed.statusCode, textOf(closed.body)]).toEqual([409, expect.stringContaining('该办件已作废，不能评价')])
  const other = await get(`/terminal/${screens.graph.addCode()}`)
  expect(other.statusCode).toBe(404)
  expect(textOf(other.body)).not.toContain('张晓雨')
  screens.graph.isDown = true
  const down = await get(`/terminal/${terminal()}`)
  screens.graph.isDown = false
  expect(down.statusCode).toBe(503)
})
