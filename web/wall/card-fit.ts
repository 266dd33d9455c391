/** Smallest size of a card, in its own em: narrower or lower, and its words would not fit. */
const cardWidthEm = 22
const cardHeightEm = 12.5

/** Sizes of letters that are tried, largest first: few cards are shown large, to be read from across the hall. */
const scales = [1.75, 1.5, 1.25, 1]

/** How cards are laid out: the size of their letters, and how many stand side by side and one below the other. */
export type Fit = { scale: number; columns: number; rows: number }

/** Everything in one column, for screens that scroll. */
export const wholeList: Fit = { scale: 1, columns: 1, rows: 10_000 }

/**
 * The largest letters with which all cards fit on one page, else as many as fit with the smallest.
 *
 * @param width of the grid, pixels
 * @param height of the grid, pixels
 * @param em size of unscaled letters, pixels
 * @param count cards to show
 */
export function fitOf(width: number, height: number, em: number, count: number): Fit {
  const fits = scales.map(scale => ({
    scale,
    columns: Math.max(1, Math.floor(width / (cardWidthEm * em * scale))),
    rows: Math.max(1, Math.floor(height / (cardHeightEm * em * scale))),
  }))
  return fits.find(({ columns, rows }) => columns * rows >= count) ?? fits.at(-1)!
}
