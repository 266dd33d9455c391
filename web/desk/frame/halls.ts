import { useEffect, useState } from 'react'
import { useClient } from 'urql'
import { DeskHallsDocument, type DeskHallsQuery } from '../../kit/generated/operations.ts'
import { asRegistered } from '../graph-client.ts'

export type DeskHall = DeskHallsQuery['halls']['edges'][number]['node']

/** Most halls that the switch offers. */
const most = 1000

/** All halls and stations in the scope, by name; empty until they are known. */
export function useHalls(isWanted = true): readonly DeskHall[] {
  const client = useClient()
  const [halls, setHalls] = useState<readonly DeskHall[]>([])
  useEffect(() => {
    let isGone = false
    const read = async () => {
      const found: DeskHall[] = []
      let after: string | null = null
      do {
        const { data }: { data?: DeskHallsQuery } = await client
          .query(asRegistered(DeskHallsDocument), { after }, { requestPolicy: 'cache-first' })
          .toPromise()
        if (isGone || !data) return
        found.push(...data.halls.edges.map(({ node }) => node))
        after = data.halls.pageInfo.hasNextPage ? (data.halls.pageInfo.endCursor ?? null) : null
      } while (after && found.length < most)
      setHalls(found)
    }
    if (isWanted) void read()
    return () => {
      isGone = true
    }
  }, [client, isWanted])
  return halls
}
