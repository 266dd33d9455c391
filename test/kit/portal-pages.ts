import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { demoPassword } from './hub-process.ts'

export const onPhone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  isMobile: true,
  hasTouch: true,
  userAgent:
    'Mozilla/5.0 (Linux; Android 14; test) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
}

/** Opens 我的评价 and goes as far as the demo's page of people. */
export async function beginSignIn(
  browser: Browser,
  hub: { url: string },
  options: BrowserContextOptions = onPhone,
): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage()
  await page.goto(`${hub.url}/me`)
  await page.locator('form[action="/me/sign-in"] button').click()
  await page.waitForURL(/\/demo-identity\/sign-in\//)
  return page
}

/** Chooses a person on the demo's page and signs in as him. */
export async function choosePerson(page: Page, subject: string, password = demoPassword): Promise<void> {
  await page.locator('.person', { has: page.locator(`input[value="${subject}"]`) }).click()
  await page.fill('#password', password)
  await page.locator('.bar button').click()
}

/** A page on which this person of the demo is signed in. */
export async function signedInAs(
  browser: Browser,
  hub: { url: string },
  subject: string,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await beginSignIn(browser, hub, options)
  await choosePerson(page, subject)
  await page.waitForURL(`${hub.url}/me`)
  return page
}

/** Text of the page as a person reads it. */
export const wordsOf = (page: Page): Promise<string> => page.locator('body').innerText()

/** The card of a case. */
export const cardOf = (page: Page, caseNumber: string) => page.locator('.own-case', { hasText: caseNumber })

/** Numbers of the cases on the page, in its order. */
export const caseNumbers = (page: Page): Promise<string[]> => page.locator('.own-case dd.number').allInnerTexts()

/** Cookies of this browser for the hub's pages, as a header. */
export async function cookiesOf(page: Page, address: string): Promise<string> {
  const cookies = await page.context().cookies(address)
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}
