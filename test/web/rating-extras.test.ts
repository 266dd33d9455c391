import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpegBytes, postForm, postWithFiles, textOf } from './fixtures/page.ts'
import { type ScreenServer, startScreens } from './fixtures/screen-server.ts'

let screens: ScreenServer
beforeAll(async () => {
  screens = await startScreens()
})
afterAll(() => screens.stop())

const text = (word: string) => new TextEncoder().encode(word)
const inputOf = (token: string) => screens.graph.ratings.get(token)!.input

describe('what may be added to a rating without JavaScript', () => {
  it('answers to the questions apart go along, a reason beside 差 alone', async () => {
    const token = screens.graph.addCode()
    await postWithFiles(
      screens,
      `/r/${token}`,
      [
        ['level', 'SATISFIED'],
        ['environment', 'GOOD'],
        ['environmentReason', '先选了差才写的'],
        ['attitude', 'POOR'],
        ['attitudeReason', ' 语气生硬 '],
        ['isOvercharged', 'no'],
        ['isIntermediaryForced', 'yes'],
      ],
      [],
    )
    expect(inputOf(token).subRatings).toEqual({
      environment: 'GOOD',
      environmentReason: null,
      attitude: 'POOR',
      attitudeReason: '语气生硬',
      isOvercharged: false,
      isIntermediaryForced: true,
    })
  })

  it('pictures go along with the form, and file fields left alone are none', async () => {
    const token = screens.graph.addCode()
    const stored = await postWithFiles(
      screens,
      `/r/${token}`,
      [['level', 'SATISFIED']],
      [
        ['大厅.jpg', jpegBytes],
        ['', new Uint8Array()],
        ['窗口.jpg', jpegBytes],
      ],
    )
    expect(stored.statusCode).toBe(303)
    const { pictures } = inputOf(token)
    expect(pictures).toHaveLength(2)
    for (const id of pictures)
      expect(screens.graph.pictures.get(id)).toEqual({ keeper: token, bytes: jpegBytes.length })
  })

  it('a picture that is not taken is named with what is accepted; the others stay, may be taken out, and the next post hands in', async () => {
    const token = screens.graph.addCode()
    const back = await postWithFiles(
      screens,
      `/r/${token}`,
      [
        ['level', 'DISSATISFIED'],
        ['item-DISSATISFIED', '210'],
      ],
      [
        ['好.jpg', jpegBytes],
        ['<b>材料.pdf', text('%PDF-1.7')],
        ['另一张.jpg', jpegBytes],
      ],
    )
    expect(back.statusCode).toBe(422)
    expect(textOf(back.body)).toContain(
      '有图片没有上传 “<b>材料.pdf”：只收 JPEG、PNG、WebP、AVIF 图片 怎么办：请另选图片后再提交',
    )
    expect(back.body).toMatch(/<details[^>]* class="more"[^>]* open|<details class="more" open/)
    expect(screens.graph.ratings.has(token)).toBe(false)
    const kept = [...back.body.matchAll(/name="picture" value="([^"]+)"/g)].map(([, id]) => id!)
    expect(kept).toHaveLength(2)
    const stored = await postForm(screens, `/r/${token}`, [
      ['level', 'DISSATISFIED'],
      ['item-DISSATISFIED', '210'],
      ['picture', kept[0]!],
      ['picture', kept[1]!],
      ['removedPicture', kept[0]!],
    ])
    expect(stored.statusCode).toBe(303)
    expect(inputOf(token)).toMatchObject({ pictures: [kept[1]], items: ['210'] })
  })

  it('the sixth picture is left out and said so, and one of more than 10 MB names its limit', async () => {
    const token = screens.graph.addCode()
    const files = Array.from({ length: 6 }, (_, index): [string, Uint8Array] => [`${index + 1}.jpg`, jpegBytes])
    const many = await postWithFiles(screens, `/r/${token}`, [['level', 'SATISFIED']], files)
    expect(textOf(many.body)).toContain('“6.jpg”：最多 5 张图片，这张没有上传')
    const large = new Uint8Array(10 * 2 ** 20 + 5)
    large.set(jpegBytes)
    const back = await postWithFiles(screens, `/r/${token}`, [['level', 'SATISFIED']], [['全景.jpg', large]])
    expect([back.statusCode, textOf(back.body)]).toEqual([
      422,
      expect.stringContaining('“全景.jpg”：每张图片不超过 10 MB'),
    ])
  })

  it('a form that is opened after its code ran out comes back by its ticket, with everything kept', async () => {
    const token = screens.graph.addCode()
    screens.graph.codes.get(token)!.state = 'EXPIRED'
    const back = await postForm(screens, `/r/${token}`, [
      ['formTicket', `ticket-${token}`],
      ['level', 'VERY_DISSATISFIED'],
      ['isAnonymous', 'yes'],
    ])
    expect(back.statusCode).toBe(422)
    expect(textOf(back.body)).toContain('请至少选择一项原因或填写文字')
    expect(back.body).toMatch(/name="isAnonymous" value="yes" checked/)
    const stored = await postForm(screens, `/r/${token}`, [
      ['formTicket', `ticket-${token}`],
      ['level', 'VERY_DISSATISFIED'],
      ['item-VERY_DISSATISFIED', '110'],
    ])
    expect(stored.statusCode).toBe(303)
  })
})

describe('for the page’s script', () => {
  it('a picture is answered with its id, or with why not; its keeper is the code or the receipt', async () => {
    const token = screens.graph.addCode()
    const taken = await postWithFiles(screens, `/r/${token}/pictures`, [], [['a.jpg', jpegBytes]])
    expect(taken.statusCode).toBe(200)
    expect(screens.graph.pictures.get(taken.json().id)!.keeper).toBe(token)
    const refused = await postWithFiles(screens, `/r/${token}/pictures`, [], [['a.txt', text('hello')]])
    expect([refused.statusCode, refused.json()]).toEqual([422, { message: '只收 JPEG、PNG、WebP、AVIF 图片' }])
    const added = await postWithFiles(
      screens,
      '/receipt/pictures',
      [['receiptNumber', 'K7QX-3MPD']],
      [['b.jpg', jpegBytes]],
    )
    expect(screens.graph.pictures.get(added.json().id)!.keeper).toBe('K7QX-3MPD')
  })
})
