import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

type ReadPixels = (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null

/** What two independent readers find in a picture; null where one finds no QR code, or zxing more than one. */
export type QrReadings = { jsqr: string | null; zxing: string | null }

// Unasked it would fetch its binary from the web.
const wasmFile = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
const zxingReady = readFile(wasmFile).then(file =>
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer }, fireImmediately: true }),
)

/** Reads the QR code in a PNG with jsqr and with zxing. */
export async function readQr(png: Buffer): Promise<QrReadings> {
  const { data, width, height } = PNG.sync.read(png)
  // The package is CommonJS: under Node its default export is the function itself, which its types do not say.
  const readPixels = jsQR as unknown as ReadPixels
  const jsqr = readPixels(Uint8ClampedArray.from(data), width, height)?.data ?? null
  const found = await readQrs(png)
  return { jsqr, zxing: found.length === 1 ? found[0]! : null }
}

/** All QR codes in a PNG, as zxing finds them; jsqr finds only one in a picture. */
export async function readQrs(png: Buffer): Promise<string[]> {
  await zxingReady
  return (await readBarcodes(new Uint8Array(png), { formats: ['QRCode'] })).map(({ text }) => text)
}
