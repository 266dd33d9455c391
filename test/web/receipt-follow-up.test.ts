import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cookiesFor, jpegBytes, postForm, postWithFiles, textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens()
})
afterAll(() => screens.stop())

const get = (url: string, cookie = '') => screens.server.inject({ url, headers: cookie ? { cookie } : {} })

/** Rates by a code and answers its receipt number with the page that shows it. */
async function rated(code: object, level: string, more: [string, string][] = []) {
  const token = screens.graph.addCode(code)
  const stored = await postForm(screens, `/r/${token}`, [['level', level], ...more])
  const rating = screens.graph.ratings.get(token)!
  const page = () => get('/receipt', cookiesFor(stored, '/receipt'))
  return { token, rating, receiptNumber: rating.receiptNumber, page }
}

describe('a rating that has its level alone', () => {
  it('is added to once, with the items of its own level, words and pictures', async () => {
    const { receiptNumber, rating, page } = await rated({ kind: 'SMS' }, 'SATISFIED')
    const before = (await page()).body
    expect(textOf(before)).toContain('补充您的评价')
    expect(before).toContain('name="item-SATISFIED" value="411"')
    expect(before).not.toContain('name="item-DISSATISFIED"')
    const added = await postWithFiles(
      screens,
      '/receipt/supplement',
      [
        ['receiptNumber', receiptNumber],
        ['level', 'SATISFIED'],
        ['item-SATISFIED', '411'],
        ['text', '一次办完'],
      ],
      [['回执.jpg', jpegBytes]],
    )
    expect([added.statusCode, added.headers.location]).toEqual([303, '/receipt'])
    expect(rating.supplement).toMatchObject({ items: ['411'], text: '一次办完', pictures: [expect.any(String)] })
    expect(screens.graph.pictures.get(rating.supplement.pictures[0])!.keeper).toBe(receiptNumber)
    const after = textOf((await page()).body)
    expect(after).not.toContain('补充您的评价')
    expect(after).toContain('选择的内容 跑大厅一次办完 文字说明 一次办完')
  })

  it('comes back with what is missing', async () => {
    const { receiptNumber } = await rated({ kind: 'SMS' }, 'SATISFIED')
    const back = await postForm(screens, '/receipt/supplement', [
      ['receiptNumber', receiptNumber],
      ['level', 'SATISFIED'],
    ])
    expect(back.statusCode).toBe(422)
    expect(textOf(back.body)).toContain('请选择或填写要补充的内容')
    expect(textOf(back.body)).toContain('补充您的评价')
  })
})

describe('a second rating', () => {
  it('follows a bad one that was put right, speaks of that first, and has a receipt of its own', async () => {
    const { receiptNumber, rating, page } = await rated({}, 'VERY_DISSATISFIED', [['item-VERY_DISSATISFIED', '110']])
    expect(textOf((await page()).body)).toContain('我要追加评价')
    rating.review.state = 'EVALUATOR_TOLD'
    const form = await postForm(screens, '/receipt/second/form', [['receiptNumber', receiptNumber]])
    expect(textOf(form.body)).toContain('这次评价的是 办事服务 对整改结果的评价')
    expect(form.body).toMatch(/name="isAboutRectification" value="yes" checked/)
    const stored = await postForm(screens, '/receipt/second', [
      ['receiptNumber', receiptNumber],
      ['isAboutRectification', 'yes'],
      ['level', 'SATISFIED'],
    ])
    const second = [...screens.graph.ratings.values()].at(-1)!
    expect(second).toMatchObject({ round: 2, isAboutRectification: true })
    const shown = textOf((await get('/receipt', cookiesFor(stored, '/receipt'))).body)
    expect(shown).toContain(`评价已提交 回执编号 ${second.receiptNumber}`)
    expect(shown).toContain('满意度 4 满意 · 对整改结果的评价')
    expect(shown).toMatch(/首次评价 1 非常不满意/)
    expect(textOf((await page()).body)).not.toContain('我要追加评价')
  })

  it('does not ask what it is about while nothing was put right, and says when the level is missing', async () => {
    const { receiptNumber } = await rated({}, 'SATISFIED')
    const form = await postForm(screens, '/receipt/second/form', [['receiptNumber', receiptNumber]])
    expect(textOf(form.body)).not.toContain('这次评价的是')
    const back = await postForm(screens, '/receipt/second', [['receiptNumber', receiptNumber]])
    expect([back.statusCode, textOf(back.body)]).toEqual([422, expect.stringContaining('请先选择一个满意度等级')])
  })

  it('of an unknown receipt asks for the number again', async () => {
    const form = await postForm(screens, '/receipt/second/form', [['receiptNumber', 'AAAA-BBBB']])
    expect([form.statusCode, textOf(form.body)]).toEqual([404, expect.stringContaining('没有找到这个回执编号')])
  })
})

describe('a report of pressure', () => {
  it('is folded away on the receipt, promises to be sealed, and answers with its number', async () => {
    const { receiptNumber, page } = await rated({}, 'SATISFIED')
    const { body } = await page()
    expect(body).toContain('<details class="pressure">')
    expect(textOf(body)).toContain('被举报的单位和工作人员看不到内容，也看不到有人举报')
    const taken = await postForm(screens, '/receipt/pressure', [
      ['receiptNumber', receiptNumber],
      ['kind', 'RETALIATION'],
      ['text', '评价之后材料被反复退回'],
    ])
    expect(textOf(taken.body)).toContain('举报已提交 举报编号 JB-7K2M-9QX4')
    expect(taken.body).not.toContain(receiptNumber)
    expect(screens.graph.reports.at(-1)).toEqual({
      receiptNumber,
      kind: 'RETALIATION',
      text: '评价之后材料被反复退回',
      contactPhone: null,
    })
  })

  it('comes back open, with what was typed, when it does not hold', async () => {
    const { receiptNumber } = await rated({}, 'SATISFIED')
    const back = await postForm(screens, '/receipt/pressure', [
      ['receiptNumber', receiptNumber],
      ['kind', 'PRESSURE'],
      ['text', '被迫'],
    ])
    expect(back.statusCode).toBe(422)
    expect(back.body).toContain('<details class="pressure" open')
    expect(textOf(back.body)).toContain('举报还不能提交 经过请写 5 至 1000 字')
    expect(back.body).toContain('>被迫</textarea>')
  })
})

describe('an SMS link that was used', () => {
  it('says so, tells nothing else, and shows the receipt to whoever proves himself', async () => {
    const { token, receiptNumber } = await rated({ kind: 'SMS' }, 'SATISFIED')
    const asked = await get(`/r/${token}`)
    expect(asked.statusCode).toBe(409)
    expect(textOf(asked.body)).toContain('本次服务已经评价过')
    expect(asked.body).toContain(`action="/r/${token}/proof"`)
    expect(asked.body).not.toContain(receiptNumber)
    const wrong = await postForm(screens, `/r/${token}/proof`, [['phoneLastFour', '9999']])
    expect([wrong.statusCode, textOf(wrong.body)]).toEqual([
      403,
      expect.stringContaining('手机号后四位与办件登记的不一致'),
    ])
    const proved = await postForm(screens, `/r/${token}/proof`, [['phoneLastFour', '0000']])
    expect([proved.statusCode, proved.headers.location]).toEqual([303, '/receipt'])
    expect((await get('/receipt', cookiesFor(proved, '/receipt'))).body).toContain(receiptNumber)
  })
})
