import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cookiesFor, postForm, textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens({ publicUrl: 'https://hcp.example' })
})
afterAll(() => screens.stop())
beforeEach(() => {
  screens.graph.isDown = false
})

const get = (url: string, cookie = '') => screens.server.inject({ url, headers: cookie ? { cookie } : {} })

describe('without JavaScript', () => {
  it('a level is enough for a good rating, and the receipt follows', async () => {
    const token = screens.graph.addCode()
    const stored = await postForm(screens, `/r/${token}`, [
      ['formTicket', `ticket-${token}`],
      ['level', 'SATISFIED'],
      ['item-VERY_DISSATISFIED', '108'],
      ['isPublic', 'no'],
      ['isAnonymous', 'yes'],
      ['text', '  很好\r\n谢谢 '],
    ])
    expect([stored.statusCode, stored.headers.location]).toEqual([303, '/receipt'])
    const rating = screens.graph.ratings.get(token)!
    expect(rating.input).toEqual({
      token,
      formTicket: `ticket-${token}`,
      level: 'SATISFIED',
      items: [],
      text: '很好\n谢谢',
      isPublic: false,
      isAnonymous: true,
      phoneLastFour: null,
      subRatings: null,
      pictures: [],
      relation: 'APPLICANT',
      contactPhone: null,
    })
    const receipt = await get('/receipt', cookiesFor(stored, '/receipt'))
    expect(textOf(receipt.body)).toContain(`评价已提交 回执编号 ${rating.receiptNumber}`)
    expect(textOf(receipt.body)).toContain('感谢您的评价，它已如实计入')
    expect(textOf(receipt.body)).toContain('https://hcp.example/receipt')
  })

  it('the receipt is in no address and in cookies that scripts cannot read', async () => {
    const token = screens.graph.addCode()
    const stored = await postForm(screens, `/r/${token}`, [['level', 'VERY_SATISFIED']])
    const { receiptNumber } = screens.graph.ratings.get(token)!
    expect(stored.headers['set-cookie']).toEqual([
      `receipt=${receiptNumber}.${token}.new; Path=/receipt; Max-Age=1800; SameSite=Lax; Secure; HttpOnly`,
      `receipt=${receiptNumber}.${token}.; Path=/r/${token}; Max-Age=2592000; SameSite=Lax; Secure; HttpOnly`,
    ])
    expect(stored.headers.location).not.toContain(receiptNumber)
    expect(stored.headers['cache-control']).toBe('no-store')
  })

  it('a bad rating without a reason comes back with everything kept and says what is missing', async () => {
    const token = screens.graph.addCode()
    const back = await postForm(screens, `/r/${token}`, [
      ['level', 'DISSATISFIED'],
      ['isAnonymous', 'yes'],
    ])
    expect(back.statusCode).toBe(422)
    expect(textOf(back.body)).toContain('请至少选择一项原因或填写文字')
    expect(back.body).toMatch(/value="DISSATISFIED"[^>]* checked|checked[^>]*value="DISSATISFIED"/)
    expect(back.body).toMatch(/name="isAnonymous" value="yes" checked/)
    expect(screens.graph.ratings.has(token)).toBe(false)
  })

  it('a bad rating with a reason tells by when it is verified', async () => {
    const token = screens.graph.addCode()
    const stored = await postForm(screens, `/r/${token}`, [
      ['level', 'VERY_DISSATISFIED'],
      ['item-VERY_DISSATISFIED', '110'],
      ['item-VERY_DISSATISFIED', '113'],
    ])
    expect(screens.graph.ratings.get(token)!.input.items).toEqual(['110', '113'])
    const receipt = textOf((await get('/receipt', cookiesFor(stored, '/receipt'))).body)
    expect(receipt).toMatch(
      /进行中 主管机构核实（不由被评价单位自己核实） \d+月\d+日 \d\d:\d\d 前 待进行 责任单位整改 核实后 15 天内/,
    )
    expect(receipt).toContain('选择的内容 无理由超过法定办理时间；多头跑窗口和部门')
  })

  it('nothing chosen is said without asking the graph', async () => {
    const token = screens.graph.addCode()
    const back = await postForm(screens, `/r/${token}`, [])
    expect(back.statusCode).toBe(422)
    expect(textOf(back.body)).toContain('请先选择一个满意度等级')
  })

  it('a failed proof may be corrected', async () => {
    const token = screens.graph.addCode({ isProofRequired: true })
    const back = await postForm(screens, `/r/${token}`, [
      ['level', 'SATISFIED'],
      ['phoneLastFour', '9999'],
    ])
    expect(back.statusCode).toBe(403)
    expect(textOf(back.body)).toContain('手机号后四位与办件登记的不一致 怎么办：请输入办理时登记的手机号后四位。')
    expect(back.body).toContain('value="9999"')
  })

  it('a code that ran out meanwhile sends the person back to the form, which the browser still has', async () => {
    const token = screens.graph.addCode()
    screens.graph.codes.get(token)!.state = 'EXPIRED'
    const back = await postForm(screens, `/r/${token}`, [
      ['formTicket', 'ticket'],
      ['level', 'DISSATISFIED'],
    ])
    expect(back.statusCode).toBe(422)
    expect(textOf(back.body)).toContain('评价没有提交成功')
    expect(textOf(back.body)).toContain('请返回上一页更正后再提交')
    const form = await get(`/r/${screens.graph.addCode()}`)
    expect(form.headers['cache-control']).toBe('private, no-cache')
  })

  it('when the hub is down it says that nothing was stored', async () => {
    const token = screens.graph.addCode()
    screens.graph.isDown = true
    const response = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']])
    expect(response.statusCode).toBe(503)
    expect(textOf(response.body)).toContain('评价没有提交成功 怎么办 请返回上一页再提交一次')
  })

  it('another rating of the same service is refused, the same one is answered with the same receipt', async () => {
    const token = screens.graph.addCode()
    const first = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']])
    const again = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']])
    expect(cookiesFor(again, '/receipt')).toBe(cookiesFor(first, '/receipt'))
    const other = await postForm(screens, `/r/${token}`, [['level', 'VERY_SATISFIED']])
    expect(other.statusCode).toBe(409)
    expect(textOf(other.body)).toContain('本次服务已经评价过')
  })
})

describe('a used code', () => {
  it('shows its rater the receipt and everyone else nothing', async () => {
    const token = screens.graph.addCode()
    const stored = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']])
    const { receiptNumber } = screens.graph.ratings.get(token)!
    const mine = await get(`/r/${token}`, cookiesFor(stored, `/r/${token}`))
    expect(textOf(mine.body)).toContain(`您的评价 回执编号 ${receiptNumber}`)
    const theirs = await get(`/r/${token}`)
    expect(theirs.statusCode).toBe(409)
    expect(theirs.body).not.toContain(receiptNumber)
    expect(textOf(theirs.body)).not.toContain('企业设立登记')
  })

  it('does not show the receipt of another code', async () => {
    const [used, mine] = [screens.graph.addCode(), screens.graph.addCode()]
    await postForm(screens, `/r/${used}`, [['level', 'SATISFIED']])
    const stored = await postForm(screens, `/r/${mine}`, [['level', 'SATISFIED']])
    const response = await get(`/r/${used}`, cookiesFor(stored, `/r/${mine}`))
    expect(response.body).not.toContain(screens.graph.ratings.get(mine)!.receiptNumber)
  })
})

describe('the receipt', () => {
  it('is found by its number, however it is typed', async () => {
    const token = screens.graph.addCode()
    await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']])
    const { receiptNumber } = screens.graph.ratings.get(token)!
    const typed = receiptNumber.toLowerCase().replaceAll('-', ' ')
    const found = await postForm(screens, '/receipt', [['receiptNumber', typed]])
    expect([found.statusCode, found.headers.location]).toEqual([303, '/receipt'])
    const shown = await get('/receipt', cookiesFor(found, '/receipt'))
    expect(textOf(shown.body)).toContain(`您的评价 回执编号 ${receiptNumber}`)
    expect(textOf(shown.body)).toContain('满意度 4 满意')
  })

  it('says when there is no such number, and shows what was typed as text', async () => {
    const response = await postForm(screens, '/receipt', [['receiptNumber', '"><script>alert(1)</script>']])
    expect(response.statusCode).toBe(404)
    expect(textOf(response.body)).toContain('没有找到这个回执编号')
    expect(response.body).not.toContain('<script>alert')
  })

  it('is forgotten on request, on the page of its code, too', async () => {
    const token = screens.graph.addCode()
    const response = await postForm(screens, '/receipt/forget', [['token', token]])
    expect(textOf(response.body)).toContain('这台手机上不再保留回执')
    expect(response.headers['set-cookie']).toEqual([
      'receipt=; Path=/receipt; Max-Age=0; SameSite=Lax; Secure; HttpOnly',
      `receipt=; Path=/r/${token}; Max-Age=0; SameSite=Lax; Secure; HttpOnly`,
    ])
  })

  it('keeps its number on the page when the hub cannot be reached', async () => {
    const token = screens.graph.addCode()
    const stored = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']])
    screens.graph.isDown = true
    const response = await get('/receipt', cookiesFor(stored, '/receipt'))
    expect(textOf(response.body)).toContain(screens.graph.ratings.get(token)!.receiptNumber)
    expect(textOf(response.body)).toContain('暂时查不到进展')
  })
})

describe('for the page’s script', () => {
  const json = { accept: 'application/json' }
  it('a stored rating is an address to go to', async () => {
    const response = await postForm(screens, `/r/${screens.graph.addCode()}`, [['level', 'SATISFIED']], json)
    expect([response.statusCode, response.json()]).toEqual([200, { location: '/receipt' }])
  })

  it('a missing reason names the part of the form', async () => {
    const response = await postForm(screens, `/r/${screens.graph.addCode()}`, [['level', 'DISSATISFIED']], json)
    expect([response.statusCode, response.json()]).toEqual([
      422,
      {
        part: 'reason',
        message: '评价还不能提交',
        details: ['请至少选择一项原因或填写文字'],
        remedy: '请按提示更正后重新提交，内容不会丢失。',
      },
    ])
  })
})
