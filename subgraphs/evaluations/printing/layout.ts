import type { QrModules } from '../domain/qr-outline.ts'
import type { Weight } from './faces.ts'
import type { Ink } from './inks.ts'

/** An area of a sheet in millimetres from the upper left corner of the trimmed sheet (成品尺寸). */
export type Frame = { x: number; y: number; width: number; height: number }

export type Box = Frame & { kind: 'box'; ink: Ink }

/** One line of text: `x` and `baseline` of its first glyph, `size` of the em, `tracking` after each glyph, all in mm. */
export type TextLine = {
  kind: 'text'
  text: string
  x: number
  baseline: number
  width: number
  size: number
  tracking: number
  weight: Weight
  ink: Ink
  /** The room that its text was given; no part of the line lies outside. */
  frame: Frame
}

/** A QR code, quiet zone (静区) included. */
export type QrMark = Frame & { kind: 'qr'; modules: QrModules }

export type Mark = Box | TextLine | QrMark

/**
 * A sheet laid out, in the order of painting. All outputs (SVG, PNG, PDF) are drawn from it and from nothing else.
 * `bleed` (出血) in mm is 0 where nothing is trimmed. `missing` and `shortened` say what could not be printed as it stands:
 * characters that the faces lack (printed as 〓) and texts too long for their room (printed with …).
 */
export type Layout = {
  title: string
  width: number
  height: number
  bleed: number
  marks: Mark[]
  missing: string[]
  shortened: string[]
}
