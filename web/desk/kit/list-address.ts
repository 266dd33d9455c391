import { changeParameters, trailOfEntry, useAddress } from '../address.ts'

/** A list as its address says it: filters, page and the row that is open, all restored by Back and reload. */
export type ListAddress = {
  filter: (name: string) => string | null
  /** Sets filters and begins at the first page. */
  narrow: (changes: Record<string, string | null>, options?: { replaces?: boolean }) => void
  after: string | null
  /** From 1. */
  page: number
  toNext: (cursor: string) => void
  toPrevious: () => void
  /** Id of the row whose details are open. */
  openId: string | null
  open: (id: string | null) => void
}

const begin = { after: null, page: null, open: null }

export function useListAddress(): ListAddress {
  const { parameters } = useAddress()
  const after = parameters.get('after')
  const page = Math.max(1, Number(parameters.get('page')) || 1)
  return {
    filter: name => parameters.get(name),
    narrow: (changes, options) => changeParameters({ ...begin, ...changes }, options),
    after,
    page,
    toNext: cursor => {
      const trail = [...trailOfEntry(), after ?? '']
      changeParameters({ after: cursor, page: String(page + 1), open: null }, { trail })
      scrollTo(0, 0)
    },
    toPrevious: () => {
      const trail = trailOfEntry()
      const before = trail.at(-1) ?? ''
      const isFirst = before === ''
      changeParameters(
        { after: before, page: isFirst ? null : String(page - 1), open: null },
        { trail: trail.slice(0, -1) },
      )
      scrollTo(0, 0)
    },
    openId: parameters.get('open'),
    open: id => changeParameters({ open: id }, { trail: trailOfEntry() }),
  }
}
