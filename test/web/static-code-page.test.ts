import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hallPlace, platformPlace } from './fixtures/memory-place.ts'
import { cookiesFor, postForm, textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens({ publicUrl: 'https://hcp.example' })
})
afterAll(() => screens.stop())
beforeEach(() => {
  screens.graph.asked.length = 0
  screens.graph.askedBy.length = 0
})

const phone = '13800000001'
const signedIn = { cookie: 'hub_me=session-citizen' }
const poster = () =>
  screens.graph.addCode({
    kind: 'STATIC',
    place: hallPlace,
    ownCases: { [phone]: ['4101…2401', '4101…2402'], 'citizen-1': ['4101…7777'] },
  })
const get = (url: string, headers: Record<string, string> = {}) => screens.server.inject({ url, headers })
const lastRating = () => [...screens.graph.ratings.values()].at(-1)!

describe('the page of a static code', () => {
  it('says what it stands for, with its printed id, and asks for the phone or offers to go without a case', async () => {
    const { statusCode, body } = await get(`/r/${poster()}`)
    expect(statusCode).toBe(200)
    expect(textOf(body)).toContain(
      '评价对象 示例市政务服务大厅 办理单位 示例市政务服务和大数据管理局 印刷编号 41-7K2M-9QX4 您要评价什么？ 评价我的办件 办事时登记的手机号',
    )
    expect(textOf(body)).toContain('没有办件 咨询、排队、环境、设施等，不需要办件也可以评价。 不选办件，直接评价')
    expect(body).not.toContain('name="level"')
  })

  it('lists the cases of a phone, each with no more than its person knows it by; the ticket is in no address', async () => {
    const token = poster()
    const { statusCode, body, headers } = await postForm(screens, `/r/${token}/cases`, [['phone', phone]])
    expect(statusCode).toBe(200)
    expect(textOf(body)).toContain('请选择要评价的办件 市场监督管理局 11月21日 9时 办结 · A12 窗口 办件编号 4101…2401')
    expect(body).toContain('<button type="submit" class="plain case" name="formTicket" value="case-4101…2401">')
    expect(body).not.toMatch(/(href|action)="[^"]*case-/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('rates the case that was picked, by its ticket', async () => {
    const token = poster()
    const form = await postForm(screens, `/r/${token}/form`, [['formTicket', 'case-4101…2402']])
    expect(textOf(form.body)).toContain('办件编号 4101…2402')
    expect(form.body).toContain('name="formTicket" value="case-4101…2402"')
    expect(form.body).not.toContain('contactPhone')
    const stored = await postForm(screens, `/r/${token}`, [
      ['formTicket', 'case-4101…2402'],
      ['level', 'SATISFIED'],
      ['relation', 'AGENT'],
    ])
    expect([stored.statusCode, stored.headers.location]).toEqual([303, '/receipt'])
    expect(lastRating().code.caseNumber).toBe('4101…2402')
    expect(lastRating().input).toMatchObject({ formTicket: 'case-4101…2402', relation: 'AGENT', contactPhone: null })
  })

  it('says kindly when there is none, and leaves both ways open', async () => {
    const { statusCode, body } = await postForm(screens, `/r/${poster()}/cases`, [['phone', '13800000009']])
    expect(statusCode).toBe(200)
    expect(textOf(body)).toContain('没有找到可以评价的办件 可能是登记了别的手机号')
    expect(textOf(body)).toContain('不选办件，直接评价')
    expect(body).toContain('value="13800000009"')
  })

  it('a phone that is none comes back with what is accepted', async () => {
    const { statusCode, body } = await postForm(screens, `/r/${poster()}/cases`, [['phone', '1380']])
    expect(statusCode).toBe(422)
    expect(textOf(body)).toContain('手机号应为 11 位数字')
    expect(body).toContain('value="1380"')
  })

  it('takes a rating without a case, with a phone if one likes', async () => {
    const token = poster()
    const form = await get(`/r/${token}/direct`)
    expect(textOf(form.body)).toContain('您对这里的服务满意吗？')
    expect(form.body).toContain('name="contactPhone"')
    expect(form.body).not.toContain('name="relation"')
    await postForm(screens, `/r/${token}`, [
      ['formTicket', `ticket-${token}`],
      ['level', 'DISSATISFIED'],
      ['text', '排队太久'],
      ['contactPhone', ' 13800000008 '],
    ])
    expect(lastRating().input).toMatchObject({ contactPhone: '13800000008', text: '排队太久', relation: 'APPLICANT' })
  })

  it('shows whoever is signed in his own cases at once, and asks as him', async () => {
    const { body } = await get(`/r/${poster()}`, signedIn)
    expect(textOf(body)).toContain('请选择要评价的办件')
    expect(textOf(body)).toContain('4101…7777')
    expect(screens.graph.askedBy).toEqual(['citizen-1', 'citizen-1'])
  })

  it('of the platform leads straight to its own form', async () => {
    const token = screens.graph.addCode({ kind: 'STATIC', place: platformPlace })
    const { body } = await get(`/r/${token}`)
    expect(textOf(body)).toContain('评价对象 本平台')
    expect(textOf(body)).toContain('您对本评价平台满意吗？')
    expect(body).not.toContain('name="phone"')
  })

  it('leads back to its first step where a reload has lost what was posted', async () => {
    const token = poster()
    for (const step of ['cases', 'form', 'seen', 'proof']) {
      const { statusCode, headers } = await get(`/r/${token}/${step}`)
      expect([statusCode, headers.location]).toEqual([303, `/r/${token}`])
    }
  })
})

describe('a scan', () => {
  it('is counted when the page tells, or with the first form where there is no script, and then no more', async () => {
    const token = poster()
    const page = await get(`/r/${token}`)
    expect(page.body).toContain(`name="unseen" value="/r/${token}/seen"`)
    const listed = await postForm(screens, `/r/${token}/cases`, [
      ['unseen', '1'],
      ['phone', phone],
    ])
    expect(listed.body).not.toContain('name="unseen"')
    expect(screens.graph.scans.get(token)).toBe(1)
    const told = await screens.server.inject({ method: 'POST', url: `/r/${token}/seen` })
    expect([told.statusCode, screens.graph.scans.get(token)]).toEqual([204, 2])
  })

  it('of a preview is none: a hundred looks at every page change nothing', async () => {
    const token = poster()
    const screenCode = screens.graph.addCode()
    const terminal = screens.graph.addCode({ kind: 'TERMINAL', terminalNumber: 'ZZ-1' })
    const { size } = screens.graph.ratings
    const addresses = [
      `/r/${token}`,
      `/r/${token}/direct`,
      `/r/${screenCode}`,
      `/terminal/${terminal}`,
      `/terminal/${terminal}/later`,
    ]
    for (let time = 0; time < 100; time++) await get(addresses[time % addresses.length]!)
    expect(new Set(screens.graph.asked)).toEqual(new Set(['ratingForm']))
    expect([screens.graph.scans.get(token), screens.graph.ratings.size]).toEqual([undefined, size])
  })
})

describe('a code of one’s own', () => {
  it('opens for its citizen alone and is rated as him', async () => {
    const token = screens.graph.addCode({ kind: 'PORTAL' })
    expect((await get(`/r/${token}`)).statusCode).toBe(404)
    expect((await get(`/r/${token}`, signedIn)).statusCode).toBe(200)
    const stored = await postForm(screens, `/r/${token}`, [['level', 'SATISFIED']], signedIn)
    expect(cookiesFor(stored, '/receipt')).toContain('receipt=')
    expect(screens.graph.asked.at(-1)).toBe('submitEvaluation')
    expect(screens.graph.askedBy.at(-1)).toBe('citizen-1')
  })
})
