/** 10 MB: a phone's photo as its camera stores it. */
export const MOST_BYTES = 10 * 2 ** 20

/** 50 megapixels, whatever the file's size: what a picture costs to open. */
export const MOST_PIXELS = 50_000_000

/** An AVIF cannot be read in strips: 50 megapixels of it took 1 GB and three seconds, the other formats 250 MB at most. */
export const MOST_AVIF_PIXELS = 12_000_000

/** Smaller ones are tracking pixels and icons, not pictures of anything. */
export const LEAST_SIDE = 32

/** The longest side of what is kept, in pixels: text on a photographed notice stays readable. */
export const KEPT_SIDE = 1600

/** The longest side of the thumbnail (缩略图), in pixels. */
export const THUMBNAIL_SIDE = 320
