import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Layout } from '../../subgraphs/evaluations/printing/layout.ts'
import { layoutOf } from '../../subgraphs/evaluations/printing/layout-of.ts'
import { pdfOf } from '../../subgraphs/evaluations/printing/pdf-of.ts'
import { receiptSheet } from '../../subgraphs/evaluations/printing/receipt-sheet.ts'
import { stickerSheets } from '../../subgraphs/evaluations/printing/sticker-sheets.ts'
import { readQr, readQrs } from '../kit/read-qr.ts'
import { everySheet, faces, receipt, staffCode } from './printing-scene.ts'

const execute = promisify(execFile)
const properties = { title: '禹州市政务服务中心', madeAt: new Date('2026-11-21T02:00:00Z') }
const hasPoppler = await execute('pdftoppm', ['-v']).then(
  () => true,
  () => false,
)
if (!hasPoppler) console.warn('skipped: PDF pages are not drawn, pdftoppm is not installed')

async function pdfFrom(layouts: Iterable<Layout> | AsyncIterable<Layout>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(pdfOf(layouts, faces, properties)))
}

async function withPdf<T>(pdf: Buffer, work: (file: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'hub-pdf-'))
  try {
    const file = join(directory, 'sheets.pdf')
    await writeFile(file, pdf)
    return await work(file)
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** A page as an independent program (poppler) draws it, 150 dots per inch. */
const drawnPage = (file: string, page: number) =>
  execute('pdftoppm', ['-r', '150', '-png', '-singlefile', '-f', `${page}`, file, `${file}-${page}`]).then(() =>
    readFile(`${file}-${page}.png`),
  )

/** The boxes of each page in mm: width and height, and how far from the paper's edge. */
function boxesOf(pdf: Buffer) {
  const pages = [...pdf.toString('latin1').matchAll(/\/Type \/Page\n[^>]*/g)].map(([page]) => page)
  const box = (page: string, name: string) => {
    const [left, bottom, right, top] = new RegExp(`/${name} \\[([^\\]]+)\\]`)
      .exec(page)![1]!
      .split(' ')
      .map(points => (Number(points) / 72) * 25.4) as [number, number, number, number]
    return [left, bottom, right - left, top - bottom].map(mm => Math.round(mm * 10) / 10)
  }
  return pages.map(page => ({
    media: box(page, 'MediaBox'),
    bleed: box(page, 'BleedBox'),
    trim: box(page, 'TrimBox'),
  }))
}

test('a page says where it is cut: 3 mm of bleed and room for cut marks around a sheet, none around a receipt', async () => {
  expect(boxesOf(await pdfFrom(everySheet().map(({ layout }) => layout)))).toEqual([
    { media: [0, 0, 317, 440], bleed: [7, 7, 303, 426], trim: [10, 10, 297, 420] },
    { media: [0, 0, 230, 317], bleed: [7, 7, 216, 303], trim: [10, 10, 210, 297] },
    { media: [0, 0, 230, 168], bleed: [7, 7, 216, 154], trim: [10, 10, 210, 148] },
    { media: [0, 0, 100, 100], bleed: [7, 7, 86, 86], trim: [10, 10, 80, 80] },
    { media: [0, 0, 148, 210], bleed: [0, 0, 148, 210], trim: [0, 0, 148, 210] },
  ])
})

test('the fonts are inside as subsets, no picture is, and the same sheets made at the same time are the same file', async () => {
  const layouts = everySheet().map(({ layout }) => layout)
  const pdf = await pdfFrom(layouts)
  const text = pdf.toString('latin1')
  expect([...text.matchAll(/\/BaseFont \/[A-Z]{6}\+(NotoSansHans-\w+)/g)].map(([, name]) => name).sort()).toEqual(
    ['Bold', 'Bold', 'Medium', 'Medium', 'Regular', 'Regular'].map(weight => `NotoSansHans-${weight}`),
  )
  expect(text.match(/\/FontFile3/g)).toHaveLength(3)
  expect(text).not.toMatch(/\/Subtype \/Image|Helvetica/)
  expect(pdf.length).toBeLessThan(400_000)
  expect((await pdfFrom(layouts)).equals(pdf)).toBe(true)
})

test.runIf(hasPoppler)('every code is read by both readers from the drawn PDF page', async () => {
  const sheets = everySheet()
  await withPdf(await pdfFrom(sheets.map(({ layout }) => layout)), async file => {
    for (const [index, { name, url }] of sheets.entries()) {
      expect(await readQr(await drawnPage(file, index + 1)), name).toEqual({ jsqr: url, zxing: url })
    }
  })
})

test.runIf(hasPoppler)('the text of a PDF can be searched and copied', async () => {
  await withPdf(await pdfFrom([layoutOf('POSTER_A4', staffCode, faces), receiptSheet(receipt, faces)]), async file => {
    const { stdout } = await execute('pdftotext', [file, '-'])
    for (const each of [
      '请您评价本次服务',
      '李晓雯',
      '41-7K2M-9QX4',
      'pj.example.gov.cn',
      '办件回执',
      '2026年11月20日 09:12',
    ]) {
      expect(stdout).toContain(each)
    }
  })
})

test.runIf(hasPoppler)('all six codes of a sheet of stickers are there, each with its own address', async () => {
  const urls = Array.from({ length: 6 }, (_, index) => `${staffCode.url}${index}`)
  const stickers = urls.map(url => layoutOf('STICKER', { ...staffCode, url }, faces))
  await withPdf(await pdfFrom(stickerSheets(stickers)), async file => {
    expect((await readQrs(await drawnPage(file, 1))).toSorted()).toEqual(urls)
  })
})

test('a hall’s posters leave one by one: a page is gone before the next but one is laid out', async () => {
  let laidOut = 0
  function* posters() {
    for (let number = 0; number < 60; number++) {
      laidOut++
      yield layoutOf('POSTER_A4', { ...staffCode, url: `${staffCode.url}${number}` }, faces)
    }
  }
  const pagesGoneAt: number[] = []
  const chunks: Buffer[] = []
  let pages = 0
  for await (const chunk of pdfOf(posters(), faces, properties)) {
    chunks.push(chunk)
    pages += chunk.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0
    pagesGoneAt[laidOut] = pages
  }
  expect(boxesOf(Buffer.concat(chunks))).toHaveLength(60)
  for (let number = 1; number < 60; number++) expect(pagesGoneAt[number]).toBe(number - 1)
})

test('nothing more is laid out once the reader has gone', async () => {
  let laidOut = 0
  function* posters() {
    for (;;) {
      laidOut++
      yield layoutOf('POSTER_A4', staffCode, faces)
    }
  }
  for await (const _ of pdfOf(posters(), faces, properties)) if (laidOut === 3) break
  expect(laidOut).toBe(3)
})

test('while pages are made the process serves others between any two of them', async () => {
  let turns = 0
  const posters = Array.from({ length: 5 }, () => layoutOf('POSTER_A4', staffCode, faces))
  const takeTurns = () => {
    turns++
    waiting = setImmediate(takeTurns)
  }
  let waiting = setImmediate(takeTurns)
  await pdfFrom(posters)
  clearImmediate(waiting)
  expect(turns).toBeGreaterThanOrEqual(posters.length)
})
