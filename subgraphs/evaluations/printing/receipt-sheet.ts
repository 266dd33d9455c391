import type { Faces } from './faces.ts'
import { framedQr } from './framed-qr.ts'
import type { Layout } from './layout.ts'
import { hostOf, type PrintedReceipt } from './printed-code.ts'
import { printedQr } from './qr-modules.ts'
import { shanghaiEnd, shanghaiMinute } from './shanghai-minute.ts'
import { newSheet, type Sheet } from './sheet.ts'
import type { TextStyle } from './text-block.ts'
import { receiptWording, wording } from './wording.ts'

const WIDTH = 148
const HEIGHT = 210
const SIDE = 13
const FULL = WIDTH - 2 * SIDE
const QR_Y = 118
const QR_SIDE = 58

const quiet: TextStyle = { size: 2.6, least: 1.8, weight: 'Regular', ink: 'quiet', leading: 1.35 }

/** The receipt of a case (办件回执), A5 upright for an office printer: the service, then the code that rates it. */
export function receiptSheet(receipt: PrintedReceipt, faces: Faces): Layout {
  const title = `${receiptWording.title.zh} ${receipt.caseNumber}`
  const sheet = newSheet({ title, width: WIDTH, height: HEIGHT, bleed: 0 }, faces)
  sheet.box({ x: SIDE, y: 11, width: FULL, height: 1.6 }, 'accent')
  const heading: TextStyle = { size: 8.4, least: 4, weight: 'Bold', ink: 'black', tracking: 0.04 }
  sheet.text(receiptWording.title.zh, { x: SIDE, y: 15.5, width: 60, height: 11 }, heading)
  sheet.text(receiptWording.title.en, { x: 53, y: 19.6, width: 35, height: 5 }, { ...quiet, size: 3.4 })
  const service: TextStyle = { ...quiet, size: 3.4, weight: 'Medium', ink: 'accent', align: 'end' }
  sheet.text(wording.service, { x: 90, y: 19.6, width: WIDTH - SIDE - 90, height: 5 }, service)
  serviceRows(sheet, receipt)
  ratingPart(sheet, receipt)
  return sheet.finished()
}

function serviceRows(sheet: Sheet, receipt: PrintedReceipt): void {
  const { hall, windowNumber, staff } = receipt
  const time = (at: Date | null) => (at ? shanghaiMinute(at).zh : '')
  const rows = [
    { label: receiptWording.matter, text: receipt.matter },
    { label: receiptWording.caseNumber, text: receipt.caseNumber },
    { label: receiptWording.department, text: receipt.department },
    {
      label: receiptWording.place,
      text: [hall ?? '', windowNumber === null ? '' : wording.windowNumber(windowNumber)].filter(Boolean).join(' · '),
    },
    { label: receiptWording.staff, text: staff ? `${staff.name} · ${wording.staffNumber(staff.number)}` : '' },
    { label: receiptWording.acceptedAt, text: time(receipt.acceptedAt) },
    { label: receiptWording.closedAt, text: time(receipt.closedAt) || receiptWording.notClosed },
  ].filter(row => row.text.trim() !== '')
  let y = 30
  const height = 11.8
  for (const { label, text } of rows) {
    sheet.box({ x: SIDE, y, width: FULL, height: 0.2 }, 'hairline')
    const labels = { x: SIDE, width: 30 }
    const labelY = y + (height - 9.2) / 2
    sheet.text(label.zh, { ...labels, y: labelY, height: 5 }, { ...quiet, size: 3.5, weight: 'Medium', ink: 'black' })
    sheet.text(label.en, { ...labels, y: labelY + 4.8, height: 4 }, quiet)
    const value: TextStyle = { ...quiet, size: 4.2, least: 2.6, weight: 'Medium', ink: 'black', leading: 1.3 }
    sheet.text(
      text,
      { x: 45, y: y + 0.6, width: WIDTH - SIDE - 45, height: height - 1.2 },
      { ...value, stand: 'middle' },
    )
    y += height
  }
  sheet.box({ x: SIDE, y, width: FULL, height: 0.2 }, 'hairline')
}

function ratingPart(sheet: Sheet, receipt: PrintedReceipt): void {
  const qr = { x: SIDE, y: QR_Y, width: QR_SIDE, height: QR_SIDE }
  framedQr(sheet, printedQr(receipt.url), qr, { length: 6, thickness: 0.7 })
  const beside = { x: SIDE + QR_SIDE + 6, width: FULL - QR_SIDE - 6 }
  const until = receiptWording.until(shanghaiEnd(receipt.rateUntil))
  const black: TextStyle = { ...quiet, size: 3.6, weight: 'Medium', ink: 'black' }
  const gap = 2.4
  let y = sheet.text(
    wording.title.zh,
    { ...beside, y: QR_Y + 0.5, height: 9 },
    { ...black, size: 7, weight: 'Bold', ink: 'accent' },
  )
  y = sheet.text(wording.title.en, { ...beside, y, height: 5 }, { ...quiet, size: 3.4 }) + gap
  for (const { zh, en } of [wording.how, receiptWording.proof, until]) {
    y = sheet.text(zh, { ...beside, y, height: 9.8 }, black)
    y = sheet.text(en, { ...beside, y, height: 7.1 }, quiet) + gap
  }
  const foot = { x: SIDE, width: FULL }
  sheet.box({ ...foot, y: 182, height: 0.2 }, 'hairline')
  const host = `${wording.host.zh} ${hostOf(receipt)}`
  y = sheet.text(host, { ...foot, y: 184, height: 5.4 }, { ...black, size: 3.8, least: 2 })
  y = sheet.text(wording.warning.zh, { ...foot, y, height: 8 }, { ...black, size: 3, weight: 'Regular' })
  sheet.text(wording.warning.en, { ...foot, y, height: 198 - y }, quiet)
}
