import { endOfShanghaiDay, shanghaiDay } from '../../shared/clock/shanghai-day.ts'
import { connection, pageSize, readInstantCursor } from '../../shared/paging.ts'
import { isId } from '../../shared/uuid.ts'
import type { EvaluationsContext } from '../context.ts'
import type { PhoneInvitationState } from '../domain/call-outcome.ts'
import { mayInviteByPhone } from '../domain/phone-permission.ts'
import { countInvitations, phoneInvitationsPage } from '../store/phone-invitation-queries.ts'

export type PhoneInvitationFilter = { state?: PhoneInvitationState | null; hallId?: string | null }

/** A page of the invitations by telephone in the viewer's scope (电话邀评列表), those that expire first at the top, with counts. @throws PAGE_TOO_LARGE, BAD_CURSOR */
export async function listPhoneInvitations(
  { state = null, hallId = null }: PhoneInvitationFilter,
  { first, after }: { first?: number | null; after?: string | null },
  { viewer, database, now }: EvaluationsContext,
) {
  const size = pageSize(first)
  const behind = readInstantCursor(after)
  const isUnknownPlace = hallId !== null && !isId(hallId)
  const { rows, counts } =
    !mayInviteByPhone(viewer) || isUnknownPlace
      ? { rows: [], counts: { open: 0, locked: 0, expiringToday: 0 } }
      : await database.inScope(viewer.scope, async tx => ({
          rows: await phoneInvitationsPage(tx, { state, hallId }, behind, size + 1),
          counts: await countInvitations(tx, hallId, endOfShanghaiDay(shanghaiDay(now()))),
        }))
  return { ...connection(rows, size, ({ expiresAt, id }) => [expiresAt?.toISOString() ?? null, id]), counts }
}
