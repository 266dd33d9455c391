import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens()
})
afterAll(() => screens.stop())

test('an address that leads nowhere shows a page with a way on, in the reader’s language', async () => {
  const answer = await fetch(`${screens.url}/terminal?lang=en`, { headers: { accept: 'text/html' } })
  const page = await answer.text()
  expect([answer.status, page.includes('There is no such page'), page.includes('href="/"')]).toEqual([404, true, true])
})

test('a system is told in one line', async () => {
  const answer = await fetch(`${screens.url}/nowhere`)
  expect([answer.status, await answer.text()]).toEqual([
    404,
    '没有这个页面 请核对网址；评价请扫描窗口屏幕、回执或现场张贴的二维码。\n',
  ])
})
