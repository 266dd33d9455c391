import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { refusal } from '../../subgraphs/shared/error-catalogue.ts'
import { cookiesFor, postForm, textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens()
})
afterAll(() => screens.stop())
beforeEach(() => {
  screens.graph.isDown = false
  screens.graph.asked.length = 0
})

const get = (url: string, headers: Record<string, string> = {}) => screens.server.inject({ url, headers })

describe('the page behind a code', () => {
  it('says what is rated and offers five levels, worst first, none chosen', async () => {
    const token = screens.graph.addCode()
    const response = await get(`/r/${token}`)
    expect(response.statusCode).toBe(200)
    expect(textOf(response.body)).toContain(
      '事项 企业设立登记 办件编号 4101**********0123 工作人员 工号 0417 张晓雨 A12 窗口 您对本次服务满意吗？ 1 非常不满意 Very dissatisfied ✓ 2 不满意 Dissatisfied ✓ 3 基本满意 Basically satisfied ✓ 4 满意 Satisfied ✓ 5 非常满意 Very satisfied ✓',
    )
    const radios = [...response.body.matchAll(/<input type="radio" name="level"[^>]*>/g)].map(([tag]) => tag)
    expect(radios.map(tag => /value="(\w+)"/.exec(tag)![1])).toEqual([
      'VERY_DISSATISFIED',
      'DISSATISFIED',
      'BASICALLY_SATISFIED',
      'SATISFIED',
      'VERY_SATISFIED',
    ])
    expect(radios.filter(tag => /\bchecked\b/.test(tag))).toEqual([])
  })

  it('looking at it asks for the form and changes nothing, however often', async () => {
    const token = screens.graph.addCode()
    for (let time = 0; time < 3; time++) await get(`/r/${token}`)
    expect(screens.graph.asked).toEqual(['ratingForm', 'ratingForm', 'ratingForm'])
    expect(screens.graph.ratings.has(token)).toBe(false)
  })

  it.each([
    ['EXPIRED', 'CODE_EXPIRED', 410, '二维码已过期 怎么办 窗口屏幕上的二维码每分钟更新一次'],
    ['INVALID', 'CODE_INVALID', 404, '无法识别这个二维码 怎么办 请重新扫描窗口屏幕或办件回执上的二维码'],
    ['NOT_RATEABLE', 'CASE_NOT_CLOSED', 409, '现在还不能评价 办件尚未办结，办结后方可评价 怎么办 请按上面的说明办理'],
    ['ALREADY_EVALUATED', 'ALREADY_EVALUATED', 409, '本次服务已经评价过 怎么办 每次服务评价一次，以第一次为准'],
    ['NOT_RATEABLE', 'CASE_VOID', 409, '现在还不能评价 该办件已作废，不能评价 怎么办'],
    ['EXPIRED', 'CODE_RETIRED', 410, '这张评价码已停用 怎么办 可以扫描现场新的二维码，或登录“我的评价”'],
  ] as const)('a code that is %s by %s answers %i in words with what to do', async (state, code, status, words) => {
    const token = screens.graph.addCode({ ...refusal(code), state })
    const response = await get(`/r/${token}`)
    expect(response.statusCode).toBe(status)
    expect(textOf(response.body)).toContain(words)
    expect(response.body).not.toContain('张晓雨')
  })

  it('an unknown code is no more than unknown', async () => {
    const response = await get('/r/unknown-code-that-nobody-issued')
    expect(response.statusCode).toBe(404)
    expect(textOf(response.body)).toContain('无法识别这个二维码')
  })

  it('says so when the hub cannot answer, and promises nothing', async () => {
    const token = screens.graph.addCode()
    screens.graph.isDown = true
    const response = await get(`/r/${token}`)
    expect(response.statusCode).toBe(503)
    expect(textOf(response.body)).toContain('暂时无法打开评价页')
  })

  it('is in English when asked, and stays so', async () => {
    const token = screens.graph.addCode()
    const asked = await get(`/r/${token}?lang=en`)
    expect(asked.body).toContain('<html lang="en">')
    expect(textOf(asked.body)).toContain('How satisfied are you with this service? 1 Very dissatisfied 非常不满意')
    const later = await get(`/r/${token}`, { cookie: cookiesFor(asked, '/') })
    expect(later.body).toContain('<html lang="en">')
  })

  it('shows hostile text as text', async () => {
    const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    const token = screens.graph.addCode({ matterName: hostile, staffName: hostile })
    const response = await get(`/r/${token}`)
    expect(response.body).not.toContain('<script>alert')
    expect(response.body).not.toContain('<img')
    expect(textOf(response.body)).toContain(hostile.replace(/\s+/g, ' '))
  })

  it('an address that is not a code cannot break out of the page', async () => {
    const response = await get(`/r/${encodeURIComponent('"><script>alert(1)</script>')}`)
    expect(response.statusCode).toBe(404)
    expect(response.body).not.toContain('<script>alert')
  })
})

describe('every page', () => {
  it('runs only what carries the nonce of its own response', async () => {
    const token = screens.graph.addCode()
    const nonces = new Set<string>()
    for (const url of ['/', `/r/${token}`, '/receipt', '/kiosk', '/wall']) {
      const { headers, body } = await get(url)
      const policy = String(headers['content-security-policy'])
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)![1]!
      nonces.add(nonce)
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("frame-ancestors 'none'")
      for (const [tag] of body.matchAll(/<(script|style|link rel="stylesheet")[^>]*>/g))
        expect(tag).toContain(`nonce="${nonce}"`)
      expect(body).not.toMatch(/ on\w+="| style="|javascript:/)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'permissions-policy': expect.stringContaining('camera=()'),
      })
    }
    expect(nonces.size).toBe(5)
  })

  it('names files that never change under their name', async () => {
    const { body } = await get('/wall')
    const addresses = [...body.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, address]) => address!)
    expect(addresses).toHaveLength(2)
    for (const address of addresses) {
      expect(address).toMatch(/^\/assets\/wall-[\w-]{8}\.(js|css)$/)
      const { statusCode, headers } = await get(address)
      expect(statusCode).toBe(200)
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
    }
    expect((await get('/assets/.vite/manifest.json')).statusCode).toBe(404)
  })

  it('takes no form that another site posts', async () => {
    const token = screens.graph.addCode()
    const response = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']], {
      'sec-fetch-site': 'cross-site',
    })
    expect(response.statusCode).toBe(403)
    expect(screens.graph.ratings.has(token)).toBe(false)
  })
})

describe('a fault', () => {
  it('of the request keeps its status and shows nothing of the inside', async () => {
    const response = await postForm(screens, `/r/${screens.graph.addCode()}`, [['text', '好'.repeat(50_000)]])
    expect([response.statusCode, response.body]).toEqual([
      413,
      '输入有误，详见各字段说明 The input does not hold; each problem names its field\n',
    ])
  })

  it('of ours is no more than an internal error to the visitor', async () => {
    const broken = await startScreens()
    broken.graph.execute = async () => ({ data: { ratingForm: { state: 'OPEN' } } })
    const response = await broken.server.inject('/r/any-code-of-sixteen-letters')
    await broken.stop()
    expect([response.statusCode, response.body]).toEqual([
      500,
      '系统内部错误，已记录 An internal error; it has been logged\n',
    ])
  })
})

describe('the start page', () => {
  it('leads to the screens and, on a demo, names the accounts without a password', async () => {
    const { body } = await get('/')
    for (const address of ['/wall', '/kiosk', '/receipt', '/graphql', '/schema.graphql', '/openapi.json'])
      expect(body).toContain(`href="${address}"`)
    expect(textOf(body)).toContain('supervisor 大厅值班长')
    expect(textOf(body)).not.toMatch(/password|hub_/i)
  })

  it('names no account where there is no demo', async () => {
    const plain = await startScreens({ isDemo: false })
    const { body } = await plain.server.inject('/')
    await plain.stop()
    expect(textOf(body)).not.toContain('supervisor')
  })
})
