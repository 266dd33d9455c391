import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QUIET_ZONE } from '../../subgraphs/evaluations/domain/qr-outline.ts'
import { ASCENT } from '../../subgraphs/evaluations/printing/faces.ts'
import type { Frame, Layout, TextLine } from '../../subgraphs/evaluations/printing/layout.ts'
import { layoutOf } from '../../subgraphs/evaluations/printing/layout-of.ts'
import { receiptSheet } from '../../subgraphs/evaluations/printing/receipt-sheet.ts'
import { stickerSheets } from '../../subgraphs/evaluations/printing/sticker-sheets.ts'
import { everySheet, faces, hallCode, printKinds, qrOf, receipt, staffCode, textOf } from './printing-scene.ts'

const HAIR = 0.05
/** How far a letter swings out of its own width (the tail of a j), in ems. */
const SWING = 0.06
/** What no printer or knife takes away, in mm from the cut. */
const SAFE = 4
/** Four points: smaller print is not read. */
const SMALLEST = 1.41

const longPlace = '新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县政务服务和公共资源交易便民大厅'
const longName = '买买提·吐尔逊江'

const piece = fc.constantFrom(
  ...'政务服务中心便民大厅（分）“好”、，·A1b9 -〇䶮',
  'Hall ',
  'International',
  '𠮷',
  '社会保障',
)
const text = (most: number) => fc.array(piece, { minLength: 1, maxLength: most }).map(pieces => pieces.join(''))
const label = fc.stringMatching(/^[a-z]{1,12}$/)
const url = fc
  .array(label, { minLength: 1, maxLength: 3 })
  .map(names => `https://${names.join('.')}.gov.cn/s/417K2M9QX4`)
const code = fc.record({
  url,
  printedId: fc.constant('41-7K2M-9QX4'),
  place: text(60),
  staff: fc.option(fc.record({ name: text(14), number: text(18), windowNumber: fc.option(text(8)) })),
})
const printedReceipt = fc.record({
  url,
  matter: text(80),
  caseNumber: text(24),
  department: text(50),
  hall: fc.option(text(50)),
  windowNumber: fc.option(text(8)),
  staff: fc.option(fc.record({ name: text(14), number: text(18) })),
  acceptedAt: fc.option(fc.constant(receipt.acceptedAt as Date)),
  closedAt: fc.option(fc.constant(receipt.closedAt as Date)),
  rateUntil: fc.constant(receipt.rateUntil),
})

/** As high as the em, from the leftmost to the rightmost point of its glyphs. */
function inkOf(line: TextLine): Frame {
  const face = faces[line.weight]
  const { glyphs, positions } = face.layout(line.text)
  const scale = line.size / face.unitsPerEm
  let [pen, left, right] = [line.x, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [index, { bbox }] of glyphs.entries()) {
    if (Number.isFinite(bbox.minX)) left = Math.min(left, pen + bbox.minX * scale)
    if (Number.isFinite(bbox.maxX)) right = Math.max(right, pen + bbox.maxX * scale)
    pen += positions[index]!.xAdvance * scale + line.tracking
  }
  return { x: left, y: line.baseline - ASCENT * line.size, width: right - left, height: line.size }
}

const overlaps = (a: Frame, b: Frame) =>
  a.x + a.width > b.x + HAIR && b.x + b.width > a.x + HAIR && a.y + a.height > b.y + HAIR && b.y + b.height > a.y + HAIR

function expectSound(layout: Layout): void {
  const lines = layout.marks.filter(mark => mark.kind === 'text')
  const qr = qrOf(layout)
  for (const line of lines) {
    const { frame, text } = line
    const ink = inkOf(line)
    const swing = SWING * line.size
    expect(ink.x, text).toBeGreaterThan(frame.x - swing)
    expect(ink.x + ink.width, text).toBeLessThan(frame.x + frame.width + swing)
    expect(ink.y, text).toBeGreaterThan(frame.y - HAIR)
    expect(ink.y + ink.height, text).toBeLessThan(frame.y + frame.height + HAIR)
    expect(Math.min(ink.x, layout.width - ink.x - ink.width), text).toBeGreaterThan(SAFE)
    expect(layout.height - ink.y - ink.height, text).toBeGreaterThan(SAFE / 2)
    expect(line.size, text).toBeGreaterThan(SMALLEST)
    expect(overlaps(ink, qr), text).toBe(false)
  }
  const inks = lines.map(line => ({ text: line.text, ink: inkOf(line) }))
  for (const [index, { text, ink }] of inks.entries()) {
    for (const other of inks.slice(index + 1)) {
      expect(overlaps(ink, other.ink), `${text} / ${other.text}`).toBe(false)
    }
  }
  for (const box of layout.marks.filter(mark => mark.kind === 'box')) expect(overlaps(box, qr)).toBe(false)
}

test.each(printKinds)('whatever the names, no text of a %s leaves its room, touches another or the code', kind => {
  fc.assert(
    fc.property(code, drawn => expectSound(layoutOf(kind, drawn, faces))),
    { numRuns: 150 },
  )
})

test('whatever the names, no text of a receipt leaves its room, touches another or the code', () => {
  fc.assert(
    fc.property(printedReceipt, drawn => expectSound(receiptSheet(drawn, faces))),
    { numRuns: 150 },
  )
})

describe.each(printKinds)('a %s', kind => {
  test('has room for a hall of 40 characters and a name of eight', () => {
    const staff = { name: longName, number: 'YZ-2026-0402170001', windowNumber: '综合受理A12' }
    for (const each of [
      { ...hallCode, place: longPlace },
      { ...hallCode, place: longPlace, staff },
    ]) {
      const layout = layoutOf(kind, each, faces)
      expect(layout).toMatchObject({ shortened: [], missing: [] })
      expect(textOf(layout).join('')).toContain(longPlace)
    }
  })

  test('says what is rated, its printed id, where it leads and whom to call', () => {
    const all = textOf(layoutOf(kind, staffCode, faces)).join('\n')
    for (const each of [
      '请您评价本次服务',
      'Rate this service',
      '李晓雯',
      'YZ040217',
      'A12 窗口',
      '禹州市政务服务中心',
    ]) {
      expect(all).toContain(each)
    }
    for (const each of ['本码编号', '41-7K2M-9QX4', '本码只通向', 'pj.example.gov.cn', '12345', '密码']) {
      expect(all).toContain(each)
    }
  })

  test('shows a character that the faces lack as 〓 and names it; too long a text ends in … and is named', () => {
    const place = '政务服务'.repeat(200)
    const layout = layoutOf(kind, { ...staffCode, place, staff: { ...staffCode.staff!, name: '王𠮷\u200b𠮷' } }, faces)
    expect(textOf(layout)).toContain('王〓〓')
    expect(layout.missing).toEqual(['𠮷'])
    expect(layout.shortened).toEqual([place])
    expect(textOf(layout).filter(line => line.endsWith('…'))).toHaveLength(1)
  })

  test('is refused for what is no address', () => {
    expect(() => layoutOf(kind, { ...hallCode, url: 'pj.example.gov.cn' }, faces)).toThrow(TypeError)
  })
})

test('every code keeps four light modules around it on its own sheet', () => {
  for (const { layout } of everySheet()) {
    const { x, y, width, height, modules } = qrOf(layout)
    expect(width).toBe(height)
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThan(layout.width)
    // A module of half a millimetre is what a plain phone reads at arm's length.
    expect(width / (modules.size + 2 * QUIET_ZONE)).toBeGreaterThan(0.5)
  }
})

test('a hall’s name with a bracket is broken before it, not within', () => {
  const place = '禹州市政务服务中心（社会保障与就业服务分厅）'
  const lines = textOf(layoutOf('STAND', { ...staffCode, place }, faces))
  expect(lines).toEqual(expect.arrayContaining(['禹州市政务服务中心', '（社会保障与就业服务分厅）']))
})

describe('a receipt', () => {
  test('says the service, its times in Shanghai, and that midnight is the end of a day', () => {
    const lines = textOf(receiptSheet(receipt, faces))
    expect(lines).toEqual(
      expect.arrayContaining([
        '办件回执',
        '城乡居民基本养老保险参保登记',
        '411081202611200031',
        '禹州市人力资源和社会保障局',
        '禹州市政务服务中心 · A12 窗口',
        '李晓雯 · 工号 YZ040217',
        '2026年11月20日 09:12',
        '2026年11月21日 10:40',
        '请在 2026年12月6日 24:00 前评价',
        'Open until 6 Dec 2026, 24:00 (Beijing time)',
        '本码只通向 pj.example.gov.cn',
      ]),
    )
  })

  test('leaves out what is not known and says when a case is not closed', () => {
    const bare = { ...receipt, hall: null, windowNumber: null, staff: null, acceptedAt: null, closedAt: null }
    const lines = textOf(receiptSheet({ ...bare, rateUntil: new Date('2026-12-06T10:30:00Z') }, faces))
    expect(lines).not.toEqual(expect.arrayContaining(['大厅、窗口']))
    expect(lines).not.toEqual(expect.arrayContaining(['工作人员']))
    expect(lines).not.toEqual(expect.arrayContaining(['受理时间']))
    expect(lines).toContain('尚未办结 Not closed yet')
    expect(lines).toContain('请在 2026年12月6日 18:30 前评价')
  })
})

test('stickers stand six to a sheet, none on another, no cut mark on any, the rest on the last sheet', async () => {
  const stickers = Array.from({ length: 8 }, (_, index) =>
    layoutOf('STICKER', { ...staffCode, printedId: `41-7K2M-000${index}` }, faces),
  )
  const sheets = await Array.fromAsync(stickerSheets(stickers))
  const codes = sheets.map(sheet => sheet.marks.filter(mark => mark.kind === 'qr'))
  expect(codes.map(each => each.length)).toEqual([6, 2])
  expect(sheets.flatMap(textOf).filter(line => line.startsWith('41-7K2M'))).toHaveLength(8)
  for (const [index, sheet] of sheets.entries()) {
    const boxes = sheet.marks.filter(mark => mark.kind === 'box')
    const bands = boxes.filter(box => box.ink === 'accent')
    const cutMarks = boxes.filter(box => box.ink === 'registration')
    expect(cutMarks.length).toBeGreaterThan(0)
    const squares = bands.map(band => ({ x: band.x + 3, y: band.y + 3, width: 80, height: 80 }))
    expect(squares).toHaveLength(codes[index]!.length)
    for (const [place, square] of squares.entries()) {
      expect(Math.min(square.x, square.y)).toBeGreaterThan(10)
      expect(square.x + square.width).toBeLessThan(200)
      expect(square.y + square.height).toBeLessThan(287)
      expect(squares.slice(place + 1).some(other => overlaps(square, other))).toBe(false)
      expect(cutMarks.some(mark => overlaps(mark, square))).toBe(false)
    }
  }
})
