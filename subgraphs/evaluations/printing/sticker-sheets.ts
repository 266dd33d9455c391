import type { Layout, Mark } from './layout.ts'
import { STICKER_SIDE } from './sticker.ts'
import { BLEED, cutMarks } from './trim.ts'

const A4 = { width: 210, height: 297 }
const COLUMNS = 2
const ROWS = 3
// Neighbours' bleeds touch and do not overlap.
const PITCH = STICKER_SIDE + 2 * BLEED
const LEFT = (A4.width - (COLUMNS - 1) * PITCH - STICKER_SIDE) / 2
const TOP = (A4.height - (ROWS - 1) * PITCH - STICKER_SIDE) / 2

/** Puts stickers six to an A4 sheet with cut marks (拼版), sheet by sheet; the last one may be partly empty. */
export async function* stickerSheets(stickers: Iterable<Layout> | AsyncIterable<Layout>): AsyncGenerator<Layout> {
  let onSheet: Layout[] = []
  for await (const each of stickers) {
    onSheet.push(each)
    if (onSheet.length < COLUMNS * ROWS) continue
    yield sheetOf(onSheet)
    onSheet = []
  }
  if (onSheet.length > 0) yield sheetOf(onSheet)
}

function sheetOf(stickers: Layout[]): Layout {
  const placed = stickers.map((each, index) => ({
    each,
    x: LEFT + (index % COLUMNS) * PITCH,
    y: TOP + Math.floor(index / COLUMNS) * PITCH,
  }))
  const edges = (starts: number[]) => [...new Set(starts)].flatMap(start => [start, start + STICKER_SIDE])
  return {
    title: stickers.map(each => each.title).join(', '),
    ...A4,
    bleed: 0,
    marks: [
      ...cutMarks(edges(placed.map(({ x }) => x)), edges(placed.map(({ y }) => y))),
      ...placed.flatMap(({ each, x, y }) => each.marks.map(mark => moved(mark, x, y))),
    ],
    missing: [...new Set(stickers.flatMap(each => each.missing))],
    shortened: stickers.flatMap(each => each.shortened),
  }
}

function moved(mark: Mark, x: number, y: number): Mark {
  if (mark.kind !== 'text') return { ...mark, x: mark.x + x, y: mark.y + y }
  const frame = { ...mark.frame, x: mark.frame.x + x, y: mark.frame.y + y }
  return { ...mark, x: mark.x + x, baseline: mark.baseline + y, frame }
}
