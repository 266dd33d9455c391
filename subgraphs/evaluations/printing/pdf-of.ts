import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { QUIET_ZONE, qrOutline } from '../domain/qr-outline.ts'
import type { Faces } from './faces.ts'
import { inks } from './inks.ts'
import type { Layout, Mark, QrMark, TextLine } from './layout.ts'
import { cutMarks, MARGIN_OF_MARKS } from './trim.ts'

const POINTS_PER_MM = 72 / 25.4

/** What stands in the document's properties. */
export type PdfProperties = { title: string; madeAt: Date }

/**
 * A print-ready PDF, one page a layout, in chunks as they are made: a page leaves before the next one is laid out, so that
 * hundreds of them need the memory of one. Fonts are embedded as subsets, colours are CMYK. A sheet with bleed gets cut
 * marks, TrimBox and BleedBox; one without is a page of its own size.
 */
export async function* pdfOf(
  layouts: Iterable<Layout> | AsyncIterable<Layout>,
  faces: Faces,
  { title, madeAt }: PdfProperties,
): AsyncGenerator<Buffer> {
  const info = { Title: title, CreationDate: madeAt }
  const pdf = new PDFDocument({ autoFirstPage: false, pdfVersion: '1.7', lang: 'zh-CN', displayTitle: true, info })
  for (const [weight, face] of Object.entries(faces)) {
    // Its types know only files; it takes an opened font as well, and then the three are not parsed again for each document.
    pdf.registerFont(weight, face as unknown as Buffer)
  }
  for await (const layout of layouts) {
    addPage(pdf, layout)
    yield* readable(pdf)
    // A page takes some ten milliseconds of computing: whoever else waits for this process comes between.
    await setImmediate()
  }
  pdf.end()
  yield* readable(pdf)
}

type Pdf = InstanceType<typeof PDFDocument>

function* readable(pdf: Pdf): Generator<Buffer> {
  for (let chunk = pdf.read(); chunk !== null; chunk = pdf.read()) yield chunk as Buffer
}

function addPage(pdf: Pdf, layout: Layout): void {
  const { width, height, bleed } = layout
  const margin = bleed > 0 ? MARGIN_OF_MARKS : 0
  pdf.addPage({ size: [(width + 2 * margin) * POINTS_PER_MM, (height + 2 * margin) * POINTS_PER_MM], margin: 0 })
  const around = (by: number) =>
    [margin - by, margin - by, margin + width + by, margin + height + by].map(mm => mm * POINTS_PER_MM)
  Object.assign(pdf.page.dictionary.data, { TrimBox: around(0), BleedBox: around(bleed) })
  // From here on everything is in mm from the corner of the trimmed sheet.
  pdf.scale(POINTS_PER_MM).translate(margin, margin)
  const marks = bleed > 0 ? cutMarks([0, width], [0, height]) : []
  for (const mark of [...layout.marks, ...marks]) draw(pdf, mark)
}

function draw(pdf: Pdf, mark: Mark): void {
  if (mark.kind === 'text') drawText(pdf, mark)
  else if (mark.kind === 'qr') drawQr(pdf, mark)
  else pdf.rect(mark.x, mark.y, mark.width, mark.height).fill(inks[mark.ink].press)
}

function drawQr(pdf: Pdf, { x, y, width, height, modules }: QrMark): void {
  pdf.rect(x, y, width, height).fill(inks.paper.press)
  pdf.save()
  pdf.translate(x, y).scale(width / (modules.size + 2 * QUIET_ZONE))
  pdf.path(qrOutline(modules)).fill(inks.black.press, 'even-odd')
  pdf.restore()
}

function drawText(pdf: Pdf, line: TextLine): void {
  pdf.font(line.weight).fontSize(line.size).fillColor(inks[line.ink].press)
  pdf.text(line.text, line.x, line.baseline, {
    lineBreak: false,
    baseline: 'alphabetic',
    characterSpacing: line.tracking,
  })
}
