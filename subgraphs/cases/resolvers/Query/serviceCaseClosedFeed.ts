import { pageSize } from '../../../shared/paging.ts'
import { readClosings } from '../../actions/read-closings.ts'
import type { CasesContext } from '../../context.ts'
import { closedEvent } from '../Subscription/serviceCaseClosed.ts'

type Arguments = { windowId: string; after?: string | null; first?: number | null }

export async function serviceCaseClosedFeed(_: unknown, { windowId, after, first }: Arguments, context: CasesContext) {
  const page = await readClosings(context, windowId, after ?? null, pageSize(first))
  const serverTime = context.now()
  return {
    epoch: page.epoch,
    latestPosition: String(page.latestPosition),
    isReset: page.isReset,
    serverTime,
    events: page.events.map(item => closedEvent(item, serverTime)),
  }
}
