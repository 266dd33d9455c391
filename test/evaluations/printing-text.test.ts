import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenLines, piecesOf, shortened } from '../../subgraphs/evaluations/printing/line-breaks.ts'
import { printableText } from '../../subgraphs/evaluations/printing/printable-text.ts'
import { everySheet, faces } from './printing-scene.ts'

/** Every character one em wide. */
const width = (part: string) => Array.from(part).length
const lines = (text: string, room: number) => brokenLines(piecesOf(text, width), room, width)

describe('lines', () => {
  test('end between words and are about equally long', () => {
    expect(lines('禹州市政务服务中心便民大厅', 12)).toEqual(['禹州市政务服务', '中心便民大厅'])
    expect(lines('Scan with WeChat or a phone browser', 20)).toEqual(['Scan with WeChat', 'or a phone browser'])
  })

  test('never begin with closing or end with opening punctuation', () => {
    const texts = fc.array(
      fc.constantFrom('服务', '中心', '（', '）', '，', '。', '《', '》', '“', '”', '大厅', '、'),
      {
        minLength: 2,
        maxLength: 30,
      },
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 20 }), (parts, room) => {
        const text = parts.join('')
        // A run of punctuation longer than the line has to be cut somewhere.
        fc.pre(piecesOf(text, width).every(piece => piece.inked <= room))
        const broken = lines(text, room)
        expect(broken.join('')).toBe(text)
        for (const line of broken) expect(width(line)).toBeLessThanOrEqual(room)
        for (const line of broken.slice(1)) expect(line).not.toMatch(/^[），。》”、]/)
        for (const line of broken.slice(0, -1)) expect(line).not.toMatch(/[（《“]$/)
      }),
    )
  })

  test('cut a word only when it is longer than a line', () => {
    expect(lines('zhengwufuwupingjia', 10)).toEqual(['zhengwufu', 'wupingjia'])
  })

  test('end with an ellipsis where the text had to be cut off', () => {
    expect(shortened('政务服务中心', 4, width)).toBe('政务服…')
    expect(shortened('Hall A of Yuzhou', 7, width)).toBe('Hall A…')
  })
})

describe('a text for print', () => {
  test('loses line breaks and characters without a shape, and keeps rare ones that the faces have', () => {
    expect(printableText('  王\u200b䶮\n𬭚\u{E0100} ', faces)).toEqual({ text: '王䶮 𬭚', missing: [] })
  })

  test('shows 〓 for what the faces lack, private-use characters of old name systems included', () => {
    expect(printableText('𠮷\uE863\u{1F600}𠮷', faces)).toEqual({
      text: '〓〓〓〓',
      missing: ['𠮷', '\uE863', '\u{1F600}'],
    })
  })

  test('is set from glyphs that exist, in all texts of all sheets', () => {
    for (const { layout } of everySheet()) {
      expect(layout).toMatchObject({ missing: [], shortened: [] })
      for (const mark of layout.marks) {
        if (mark.kind !== 'text') continue
        expect(mark.text).not.toContain('〓')
        for (const glyph of faces[mark.weight].layout(mark.text).glyphs) expect(glyph.id, mark.text).toBeGreaterThan(0)
      }
    }
  })
})
