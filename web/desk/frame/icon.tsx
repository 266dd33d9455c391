/** Drawings of the side navigation, 20 × 20, one stroke. */
const drawings = {
  home: 'M3 9.5 10 3l7 6.5M5 8v9h10V8M8.5 17v-5h3v5',
  rating: 'M10 2.8l2.2 4.6 5 .7-3.6 3.5.9 5L10 14.200l-4.500 2.400.9-5L2.800 8.100l5-.7z',
  code: 'M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM12 12h2v2h-2zM15 15h2v2h-2zM15 12h2M12 15v2',
  device: 'M4 3h12v10H4zM7 17h6M10 13v4',
  link: 'M8 6H6a4 4 0 000 8h2M12 6h2a4 4 0 010 8h-2M7 10h6',
  message: 'M3 4h14v10H9l-4 3v-3H3zM6.500 8h7M6.500 11h4',
  shield: 'M10 2.500l6 2.200V10c0 3.600-2.500 6.200-6 7.500-3.500-1.300-6-3.900-6-7.500V4.700zM10 6.500v4M10 13v.6',
  mandate: 'M5 2.500h7l3.500 3.500v11.500H5zM12 2.500V6h3.500M7.500 10h5M7.500 13h5',
  phone:
    'M5 3h3l1.500 4-2 1.500a9 9 0 004 4l1.500-2 4 1.500v3c0 1-.8 1.500-1.500 1.500C9 16.500 3.500 11 3.500 4.500 3.500 3.800 4 3 5 3z',
  invite:
    'M3 6.500A3 3 0 109 6.500 3 3 0 003 6.500zM1.500 17c0-3 2-4.500 4.500-4.500s4.500 1.500 4.500 4.500M14 6v6M11 9h6',
  integrity: 'M9 3a6 6 0 100 12A6 6 0 009 3zM13.500 13.500L17.500 17.500M6.500 9l2 2 3.500-4',
  transfer: 'M3 7h12l-3-3M17 13H5l3 3',
  calendar: 'M3 4.500h14V17H3zM3 8.500h14M7 2.500v4M13 2.500v4',
  queue: 'M3 5h14M3 10h14M3 15h9',
  chart: 'M3 17h14M5 14v-4M9 14V5M13 14V8M17 14v-2',
  settings: 'M4 6h9M4 14h4M12 14h4M13 4v4M8 12v4M16 6h1',
} satisfies Record<string, string>

export type IconName = keyof typeof drawings

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  )
}
