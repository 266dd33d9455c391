import { useWords } from '../speaking.tsx'
import { integrityWording } from './wording.ts'

/** A count, a percentage and a mean, as far as a row has them; a percentage or mean of null has no base and stays blank. */
export type Figure = readonly [count?: number | null, percent?: number | null, mean?: number | null]

export type FigureRow = { name: string; raw: Figure; cleaned: Figure }

/** Raw and cleaned side by side, a row a figure. */
export function FigureTable({ title, rows }: { title: string; rows: readonly FigureRow[] }) {
  const words = useWords(integrityWording)
  return (
    <table className="side-by-side">
      <caption>{title}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.raw}</th>
          <th scope="col">{words.cleaned}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, raw, cleaned }) => (
          <tr key={name} className={written(raw) === written(cleaned) ? undefined : 'differs'}>
            <th scope="row">{name}</th>
            <td>{written(raw)}</td>
            <td>{written(cleaned)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function written([count, percent, mean]: Figure): string {
  const parts = [
    count === null || count === undefined ? null : String(count),
    percent === null || percent === undefined ? null : `${percent.toFixed(2)}%`,
    mean === null || mean === undefined ? null : mean.toFixed(2),
  ]
  return parts.filter(part => part !== null).join(' · ') || ' '
}
