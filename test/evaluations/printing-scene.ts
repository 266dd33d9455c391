import { type Faces, openFaces } from '../../subgraphs/evaluations/printing/faces.ts'
import type { Layout, QrMark } from '../../subgraphs/evaluations/printing/layout.ts'
import { layoutOf, type PrintKind } from '../../subgraphs/evaluations/printing/layout-of.ts'
import type { PrintedCode, PrintedReceipt } from '../../subgraphs/evaluations/printing/printed-code.ts'
import { receiptSheet } from '../../subgraphs/evaluations/printing/receipt-sheet.ts'

export const faces: Faces = openFaces()

export const printKinds: PrintKind[] = ['POSTER_A3', 'POSTER_A4', 'STAND', 'STICKER']

/** The code of an invented hall. */
export const hallCode: PrintedCode = {
  url: 'https://pj.example.gov.cn/s/417K2M9QX4',
  printedId: '41-7K2M-9QX4',
  place: '禹州市政务服务中心',
  staff: null,
}

/** The code of an invented staff member there. */
export const staffCode: PrintedCode = {
  ...hallCode,
  staff: { name: '李晓雯', number: 'YZ040217', windowNumber: 'A12' },
}

export const receipt: PrintedReceipt = {
  url: 'https://pj.example.gov.cn/r/AbCdEfGhIjKlMnOpQrStUvWxYz012345',
  matter: '城乡居民基本养老保险参保登记',
  caseNumber: '411081202611200031',
  department: '禹州市人力资源和社会保障局',
  hall: '禹州市政务服务中心',
  windowNumber: 'A12',
  staff: { name: '李晓雯', number: 'YZ040217' },
  acceptedAt: new Date('2026-11-20T01:12:00Z'),
  closedAt: new Date('2026-11-21T02:40:00Z'),
  rateUntil: new Date('2026-12-06T16:00:00Z'),
}

/** Every kind of sheet once, each with the address in its code. */
export function everySheet(): { name: string; url: string; layout: Layout }[] {
  return [
    ...printKinds.map(kind => ({ name: kind, url: staffCode.url, layout: layoutOf(kind, staffCode, faces) })),
    { name: 'RECEIPT', url: receipt.url, layout: receiptSheet(receipt, faces) },
  ]
}

export function qrOf(layout: Layout): QrMark {
  const marks = layout.marks.filter(mark => mark.kind === 'qr')
  if (marks.length !== 1) throw new Error(`${marks.length} codes on one sheet`)
  return marks[0]!
}

/** All text of a sheet, a line a piece. */
export function textOf(layout: Layout): string[] {
  return layout.marks.filter(mark => mark.kind === 'text').map(mark => mark.text)
}
