import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Layout } from '../../subgraphs/evaluations/printing/layout.ts'
import { DPI, pngOf } from '../../subgraphs/evaluations/printing/png-of.ts'
import { svgOf } from '../../subgraphs/evaluations/printing/svg-of.ts'
import { readQr } from '../kit/read-qr.ts'
import { everySheet, faces, qrOf } from './printing-scene.ts'

const sheets = everySheet()

/** The code alone with its quiet zone, as it lies on the printed sheet. */
async function cutOut(layout: Layout): Promise<Buffer> {
  const { x, y, width } = qrOf(layout)
  const [left, top, side] = [x, y, width].map(mm => Math.round((mm / 25.4) * DPI.most)) as [number, number, number]
  const page = await pngOf(layout, faces, DPI.most)
  return sharp(page).extract({ left, top, width: side, height: side }).png().toBuffer()
}

describe.each(sheets)('the code on a $name', ({ url, layout }) => {
  const read = { jsqr: url, zxing: url }
  let cut: Buffer
  beforeAll(async () => {
    cut = await cutOut(layout)
  })
  /** As wide as a camera gets it from further away. */
  const codeAlone = (side: number) => sharp(cut).resize(side, side).png().toBuffer()

  test('is read by both readers from the PNG of the whole sheet', async () => {
    expect(await readQr(await pngOf(layout, faces))).toEqual(read)
  })

  test('is read by both readers from the SVG, drawn by another program’s choice of size', async () => {
    const drawn = await sharp(Buffer.from(svgOf(layout, faces)))
      .resize({ width: 1000 })
      .png()
      .toBuffer()
    expect(await readQr(drawn)).toEqual(read)
  })

  test.each([400, 200, 120])('is read by both readers at %i pixels', async side => {
    expect(await readQr(await codeAlone(side))).toEqual(read)
  })

  test.each([15, 90, 200])('is read by both readers turned by %i°', async degrees => {
    const turned = await sharp(await codeAlone(400))
      .rotate(degrees, { background: '#ffffff' })
      .png()
      .toBuffer()
    expect(await readQr(turned)).toEqual(read)
  })

  test('is read by both readers after JPEG at quality 40', async () => {
    const jpeg = await sharp(await codeAlone(240))
      .jpeg({ quality: 40 })
      .toBuffer()
    expect(await readQr(await sharp(jpeg).png().toBuffer())).toEqual(read)
  })

  test('is read by both readers with a tenth of it covered', async () => {
    const worn = { create: { width: 110, height: 110, channels: 3, background: '#888888' } } as const
    const covered = await sharp(await codeAlone(400))
      .composite([{ input: await sharp(worn).png().toBuffer(), left: 170, top: 150 }])
      .png()
      .toBuffer()
    expect(await readQr(covered)).toEqual(read)
  })
})

test('a picture without a code reads as null, so that a reading means something', async () => {
  const blank = { create: { width: 300, height: 300, channels: 3, background: '#ffffff' } } as const
  expect(await readQr(await sharp(blank).png().toBuffer())).toEqual({ jsqr: null, zxing: null })
})

test('a PNG has the asked resolution, and none that would need hundreds of megabytes', async () => {
  const { layout } = sheets.find(({ name }) => name === 'STICKER')!
  expect(await sharp(await pngOf(layout, faces, 300)).metadata()).toMatchObject({
    width: 945,
    height: 945,
    density: 300,
  })
  expect(await sharp(await pngOf(layout, faces)).metadata()).toMatchObject({ width: 472, height: 472, density: 150 })
  for (const dpi of [0, 71, 301, 150.5, Number.NaN]) await expect(pngOf(layout, faces, dpi)).rejects.toThrow(RangeError)
})

test('an SVG needs no font and asks for nothing from outside', () => {
  for (const { layout } of sheets) {
    const svg = svgOf(layout, faces)
    expect(svg).not.toMatch(/<text|font|<image|url\(|http(?!:\/\/www\.w3\.org\/2000\/svg")/)
  }
})

test('names are escaped in the SVG', () => {
  const { layout } = sheets[0]!
  expect(svgOf({ ...layout, title: '<script>&"' }, faces)).toContain('<title>&#60;script&#62;&#38;&#34;</title>')
})
