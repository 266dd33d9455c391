import { create } from 'qrcode'
import type { QrModules } from '../domain/qr-outline.ts'

// A quarter of the symbol may be worn, dirty or creased and it still reads; on screens 15 % (M) is enough.
const errorCorrectionLevel = 'Q'

/** The QR code of an address as it is printed. Throws Error when the address is too long for one. */
export function printedQr(url: string): QrModules {
  return create(url, { errorCorrectionLevel }).modules
}
