const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** A name within so many UTF-16 units, which is what an SMS counts: cut between characters, `…` in place of the rest. */
export function shortened(name: string, longest: number): string {
  if (name.length <= longest) return name
  let kept = ''
  for (const { segment } of segmenter.segment(name)) {
    if (kept.length + segment.length > longest - 1) break
    kept += segment
  }
  return `${kept}…`
}
