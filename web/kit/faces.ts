/**
 * The five faces, drawn by us in a 32×32 box: emoji differ from phone to phone and none of ours may flatter a level.
 * All are of one size, one stroke and one colour.
 */
export type Face = { eyes: string; mouth: string }

const roundEyes = 'M11.5 12.6v1.2M20.5 12.6v1.2'

const faces: Record<number, Face> = {
  1: { eyes: 'M9.2 10.6l3.6 2M22.8 10.6l-3.6 2', mouth: 'M10.4 23c1.2-2.9 3.1-4.3 5.6-4.3s4.4 1.4 5.6 4.3' },
  2: { eyes: roundEyes, mouth: 'M10.8 22.2c1.3-1.7 3-2.5 5.2-2.5s3.9.8 5.2 2.5' },
  3: { eyes: roundEyes, mouth: 'M10.8 20.6h10.4' },
  4: { eyes: roundEyes, mouth: 'M10.8 19.2c1.3 1.7 3 2.5 5.2 2.5s3.9-.8 5.2-2.5' },
  5: {
    eyes: 'M9.6 13.6c.8-1.7 2.8-1.7 3.6 0M18.8 13.6c.8-1.7 2.8-1.7 3.6 0',
    mouth: 'M10 18.4c.9 3.5 2.9 5.2 6 5.2s5.1-1.7 6-5.2z',
  },
}

/** @param score 1 to 5; anything else gets the plain face of 3 */
export function faceOf(score: number): Face {
  return faces[score] ?? faces[3]!
}
