import { Skeleton } from 'antd'
import { addressOf, useAddress } from '../address.ts'
import { kept } from '../frame/follow-links.ts'
import { useWords } from '../speaking.tsx'
import { homeWording } from './wording.ts'

type TallyProps = {
  label: string
  /** Undefined until it is known. */
  count: number | undefined
  /** There are more than were counted. */
  hasMore?: boolean | undefined
  path: string
  parameters?: Record<string, string>
  details?: [label: string, count: number | undefined][]
}

/** How many of something wait, leading to their list. */
export function Tally({ label, count, hasMore = false, path, parameters = {}, details = [] }: TallyProps) {
  const words = useWords(homeWording)
  const address = useAddress()
  const target = kept(address.parameters)
  for (const [name, value] of Object.entries(parameters)) target.set(name, value)
  const shown = details.filter(([, number]) => number)
  return (
    <li>
      <a href={addressOf(path, target)} data-desk-link className={count === 0 ? 'is-nothing' : ''}>
        <span>{label}</span>
        {count === undefined ? (
          <Skeleton.Node active className="tally-waits" />
        ) : (
          <b>{hasMore ? words.more(count) : count}</b>
        )}
        {shown.map(([name, number]) => (
          <small key={name}>
            {name} {number}
          </small>
        ))}
      </a>
    </li>
  )
}
