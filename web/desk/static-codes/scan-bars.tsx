import { useWords } from '../speaking.tsx'
import { codesWording } from './wording.ts'

const days = 30
const dayMilliseconds = 86_400_000
const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** Scans of the last thirty days (每日扫码数), a bar a day, the newest at the right. */
export function ScanBars({ scans }: { scans: readonly { day: string; scans: number }[] }) {
  const words = useWords(codesWording)
  const byDay = new Map(scans.map(({ day, scans: count }) => [day, count]))
  const bars = Array.from({ length: days }, (_, back) => {
    const day = today.format(new Date(Date.now() - (days - 1 - back) * dayMilliseconds))
    return { day, count: byDay.get(day) ?? 0 }
  })
  const most = Math.max(1, ...bars.map(({ count }) => count))
  const sum = bars.reduce((total, { count }) => total + count, 0)
  return (
    <span className="scan-bars">
      <svg viewBox={`0 0 ${days * 4} 24`} role="img" aria-label={words.scansSum(sum)}>
        {bars.map(({ day, count }, index) => {
          const height = count === 0 ? 1 : 2 + (count / most) * 22
          return (
            <rect
              key={day}
              x={index * 4}
              y={24 - height}
              width={3}
              height={height}
              className={count === 0 ? 'is-none' : ''}
            >
              <title>{words.scansOn(day, count)}</title>
            </rect>
          )
        })}
      </svg>
      <b>{sum}</b>
    </span>
  )
}
