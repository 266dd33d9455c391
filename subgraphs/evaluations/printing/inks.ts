/** Names of the few colours on a sheet. `registration` prints on every plate and is for cut marks only. */
export type Ink = 'black' | 'quiet' | 'hairline' | 'accent' | 'onAccent' | 'paper' | 'registration'

/** A colour for screens, and for the press as cyan, magenta, yellow, black in per cent (四色). */
export type InkColours = { screen: string; press: [number, number, number, number] }

// Text and QR codes are black alone: on four plates each slip of the paper would blur them.
export const inks: Readonly<Record<Ink, InkColours>> = {
  black: { screen: '#111111', press: [0, 0, 0, 100] },
  quiet: { screen: '#4d4d4d', press: [0, 0, 0, 80] },
  hairline: { screen: '#b3b3b3', press: [0, 0, 0, 35] },
  accent: { screen: '#0b4a8f', press: [100, 75, 10, 10] },
  onAccent: { screen: '#ffffff', press: [0, 0, 0, 0] },
  paper: { screen: '#ffffff', press: [0, 0, 0, 0] },
  registration: { screen: '#000000', press: [100, 100, 100, 100] },
}
