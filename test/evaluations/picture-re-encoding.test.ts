import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { MOST_BYTES } from '../../subgraphs/evaluations/pictures/picture-limits.ts'
import { reEncodePicture } from '../../subgraphs/evaluations/pictures/re-encode-picture.ts'
import { type Chunk, greyPng, plain, redAndBlue } from './picture-samples.ts'

async function kept(bytes: Buffer) {
  const outcome = await reEncodePicture(bytes)
  if (!outcome.ok) throw new Error(`refused: ${outcome.fault.code}`)
  return outcome.picture
}

async function faultOf(bytes: Buffer) {
  const outcome = await reEncodePicture(bytes)
  return outcome.ok ? 'kept' : outcome.fault.code
}

async function colourAt(bytes: Buffer, left: number, top: number) {
  const { data } = await sharp(bytes)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data]
}

const near = (colour: number[]) => colour.map(value => expect.closeTo(value, -1.2))

describe('what is taken', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s becomes a JPEG and a thumbnail', async format => {
    const picture = await kept(await plain(2000, 1000).toFormat(format).toBuffer())
    expect(picture).toMatchObject({ width: 1600, height: 800 })
    expect(await sharp(picture.bytes).metadata()).toMatchObject({
      format: 'jpeg',
      width: 1600,
      height: 800,
      space: 'srgb',
    })
    expect(await sharp(picture.thumbnail).metadata()).toMatchObject({ format: 'jpeg', width: 320, height: 160 })
    expect(picture.sha256).toBe(createHash('sha256').update(picture.bytes).digest('hex'))
    expect(await colourAt(picture.bytes, 800, 400)).toEqual(near([0x33, 0x99, 0xcc]))
  })

  test('small pictures are not enlarged', async () => {
    const picture = await kept(await plain(40, 50).png().toBuffer())
    expect(picture).toMatchObject({ width: 40, height: 50 })
    expect(await sharp(picture.thumbnail).metadata()).toMatchObject({ width: 40, height: 50 })
  })

  test('16-bit, one-bit, CMYK and transparent pictures look as they should', async () => {
    const deep = await plain(64, 64).toColourspace('rgb16').png().toBuffer()
    expect((await sharp(deep).metadata()).depth).toBe('ushort')
    expect(await colourAt((await kept(deep)).bytes, 9, 9)).toEqual(near([0x33, 0x99, 0xcc]))

    expect(await colourAt((await kept(greyPng(64, 64, { bits: 1 }))).bytes, 9, 9)).toEqual(near([0, 0, 0]))

    const print = await plain(64, 64, '#ffffff').toColourspace('cmyk').jpeg().toBuffer()
    expect((await sharp(print).metadata()).space).toBe('cmyk')
    const fromPrint = await kept(print)
    expect((await sharp(fromPrint.bytes).metadata()).space).toBe('srgb')
    expect(await colourAt(fromPrint.bytes, 9, 9)).toEqual(near([255, 255, 255]))

    const clear = sharp({ create: { width: 64, height: 64, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
    expect(await colourAt((await kept(await clear.png().toBuffer())).bytes, 9, 9)).toEqual(near([255, 255, 255]))
  })

  test('of a moving picture the first frame stays', async () => {
    const frames = await Promise.all(['#ff0000', '#00ff00'].map(colour => plain(64, 64, colour).png().toBuffer()))
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
    expect((await sharp(moving).metadata()).pages).toBe(2)
    const picture = await kept(moving)
    expect(picture).toMatchObject({ width: 64, height: 64 })
    expect(await colourAt(picture.bytes, 9, 9)).toEqual(near([255, 0, 0]))
  })

  test('a picture lying on its side is set upright', async () => {
    const turned = await (await redAndBlue()).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const picture = await kept(turned)
    expect(picture).toMatchObject({ width: 80, height: 120 })
    expect(await colourAt(picture.bytes, 40, 10)).toEqual(near([255, 0, 0]))
    expect(await colourAt(picture.bytes, 40, 110)).toEqual(near([0, 0, 255]))
    expect((await sharp(picture.bytes).metadata()).orientation).toBeUndefined()
  })

  test('a PNG too is set upright', async () => {
    const turned = await (await redAndBlue()).withMetadata({ orientation: 6 }).png().toBuffer()
    expect((await sharp(turned).metadata()).orientation).toBe(6)
    expect(await kept(turned)).toMatchObject({ width: 80, height: 120 })
  })
})

describe('what a file carries besides', () => {
  test('place, owner, profile and XMP are gone', async () => {
    const photo = await plain(640, 480)
      .withExif({
        IFD0: { Artist: 'Invented Owner', Make: 'Invented Phone' },
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '31/1 12/1 3/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '121/1 28/1 0/1',
        },
      })
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
      .withIccProfile('p3')
      .jpeg()
      .toBuffer()
    const before = await sharp(photo).metadata()
    expect(before).toMatchObject({ exif: expect.any(Buffer), xmp: expect.any(Buffer), icc: expect.any(Buffer) })
    expect(photo.includes('Invented Owner')).toBe(true)

    const { bytes, thumbnail } = await kept(photo)
    for (const clean of [bytes, thumbnail]) {
      const after = await sharp(clean).metadata()
      expect([after.exif, after.xmp, after.icc, after.iptc]).toEqual([undefined, undefined, undefined, undefined])
      expect(clean.includes('Invented')).toBe(false)
      expect(clean.includes('Exif')).toBe(false)
    }
    // The colours of the profile were turned into sRGB before it was dropped.
    expect(await colourAt(bytes, 100, 100)).toEqual(near([0x33, 0x99, 0xcc]))
  })

  test('a second file behind the image is gone', async () => {
    const page = '<script>alert(1)</script>'
    const archive = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.from(page)])
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const polyglot = Buffer.concat([await plain(64, 64).toFormat(format).toBuffer(), archive])
      const { bytes, thumbnail } = await kept(polyglot)
      for (const clean of [bytes, thumbnail]) {
        expect(clean.includes('PK\x03\x04')).toBe(false)
        expect(clean.includes('<script')).toBe(false)
        expect(clean.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
      }
    }
  })

  test('a page in the comment of an image is gone', async () => {
    const jpeg = await plain(64, 64).jpeg().toBuffer()
    const comment = Buffer.from('....<html><script>alert(1)</script>')
    comment.writeUInt16BE(0xfffe, 0)
    comment.writeUInt16BE(comment.length - 2, 2)
    const { bytes } = await kept(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]))
    expect(bytes.includes('<script')).toBe(false)
  })
})

describe('what is refused', () => {
  test('other formats, whatever they call themselves', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><image href="file:///etc/passwd"/></svg>',
    )
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    const others = [
      svg,
      heic,
      await plain(64, 64).gif().toBuffer(),
      await plain(64, 64).tiff().toBuffer(),
      Buffer.from('%PDF-1.7\n'),
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
      Buffer.from([0xff]),
    ]
    for (const other of others) expect(await faultOf(other)).toBe('PICTURE_TYPE_UNKNOWN')
  })

  test('a drawing behind the first bytes of a PNG or JPEG is not drawn', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>'
    const starts = [Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from([0xff, 0xd8, 0xff, 0xe0])]
    for (const start of starts) {
      expect(['PICTURE_BROKEN', 'PICTURE_TYPE_UNKNOWN']).toContain(
        await faultOf(Buffer.concat([start, Buffer.from(svg)])),
      )
    }
  })

  test('files cut off at any place, and damaged pixels', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'avif'] as const) {
      const whole = await (await redAndBlue()).resize(400, 300).toFormat(format).toBuffer()
      expect(await faultOf(whole)).toBe('kept')
      for (const share of [0.2, 0.5, 0.9]) {
        expect(await faultOf(whole.subarray(0, Math.floor(whole.length * share))), `${format} ${share}`).toBe(
          'PICTURE_BROKEN',
        )
      }
    }
    const damaged = greyPng(400, 300)
    damaged.fill(0x55, damaged.indexOf('IDAT') + 8, damaged.indexOf('IEND') - 8)
    expect(await faultOf(damaged)).toBe('PICTURE_BROKEN')
  })

  test('every fault says in both languages what is accepted', async () => {
    const outcome = await reEncodePicture(Buffer.from('GIF89a'))
    expect(outcome).toMatchObject({
      ok: false,
      fault: {
        zh: expect.stringContaining('JPEG、PNG、WebP、AVIF'),
        en: expect.stringContaining('JPEG, PNG, WebP or AVIF'),
      },
    })
    const large = await reEncodePicture(Buffer.alloc(MOST_BYTES + 1))
    expect(large).toMatchObject({ ok: false, fault: { zh: '每张图片不超过 10 MB、5000 万像素（AVIF 1200 万像素）' } })
  })
})

describe('limits', () => {
  test('32 pixels a side are enough, 31 are not', async () => {
    expect(await faultOf(await plain(32, 32).png().toBuffer())).toBe('kept')
    expect(await faultOf(await plain(31, 400).png().toBuffer())).toBe('PICTURE_TOO_SMALL')
    expect(await faultOf(await plain(400, 31).png().toBuffer())).toBe('PICTURE_TOO_SMALL')
  })

  test('10 MB are taken to the byte', async () => {
    const jpeg = await plain(64, 64).jpeg().toBuffer()
    const filled = (length: number) => Buffer.concat([jpeg, Buffer.alloc(length - jpeg.length)])
    expect(await faultOf(filled(MOST_BYTES))).toBe('kept')
    expect(await faultOf(filled(MOST_BYTES + 1))).toBe('PICTURE_TOO_LARGE')
  })

  test('50 megapixels are taken to the pixel', async () => {
    expect(await faultOf(greyPng(10_000, 5_000, { bits: 1 }))).toBe('kept')
    expect(await faultOf(greyPng(7_072, 7_071, { bits: 1 }))).toBe('PICTURE_TOO_LARGE')
  })

  test('of an AVIF, 12 megapixels are taken to the pixel', async () => {
    const avif = (width: number, height: number) => plain(width, height).avif({ effort: 0 }).toBuffer()
    expect(await faultOf(await avif(4_000, 3_000))).toBe('kept')
    expect(await faultOf(await avif(4_001, 3_000))).toBe('PICTURE_TOO_LARGE')
  })

  test('a strip of 32 by a million pixels still makes a picture', async () => {
    expect(await kept(greyPng(32, 1_000_000, { bits: 1 }))).toMatchObject({ width: 1, height: 1600 })
  })
})

describe('bombs', () => {
  test('400 megapixels in 50 kB are refused unopened', async () => {
    const bomb = greyPng(20_000, 20_000, { bits: 1 })
    expect(bomb.length).toBeLessThan(60_000)
    const before = process.memoryUsage.rss()
    expect(await faultOf(bomb)).toBe('PICTURE_TOO_LARGE')
    expect(process.memoryUsage.rss() - before).toBeLessThan(20_000_000)
  })

  test('text that unfolds to two gigabytes is never unfolded', async () => {
    const text = deflateSync(Buffer.alloc(7_900_000, 65), { level: 9 })
    const chunks = Array.from(
      { length: 300 },
      (_, i): Chunk => ['zTXt', Buffer.concat([Buffer.from(`k${i}\0\0`), text])],
    )
    const before = process.resourceUsage().maxRSS
    expect(await faultOf(greyPng(64, 64, { chunks }))).toBe('kept')
    // In kilobytes; unfolded it is 2.3 GB.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(100_000)
  })

  test('an AVIF that lies about its size is refused', async () => {
    const liar = await plain(2_000, 2_000).avif({ effort: 0 }).toBuffer()
    const size = liar.indexOf('ispe') + 8
    liar.writeUInt32BE(64, size)
    liar.writeUInt32BE(64, size + 4)
    expect(await faultOf(liar)).toBe('PICTURE_BROKEN')
  })

  test('a chunk that claims four gigabytes is refused', async () => {
    const png = greyPng(64, 64)
    png.writeUInt32BE(0xffff_ffff, png.indexOf('IDAT') - 4)
    expect(await faultOf(png)).toBe('PICTURE_BROKEN')
  })
})

test('a burst is worked off in turn and what does not fit is told to come back, while the process goes on answering', async () => {
  const photo = await plain(3_000, 2_000).jpeg().toBuffer()
  const burst = Promise.all(Array.from({ length: 60 }, () => faultOf(photo)))
  let answers = 0
  const answering = setInterval(() => answers++, 1)
  const outcomes = await burst
  clearInterval(answering)
  expect(outcomes.filter(outcome => outcome === 'kept')).toHaveLength(21)
  expect(outcomes.filter(outcome => outcome === 'PICTURES_BUSY')).toHaveLength(39)
  expect(answers).toBeGreaterThan(21)
  expect(await faultOf(photo)).toBe('kept')
})
