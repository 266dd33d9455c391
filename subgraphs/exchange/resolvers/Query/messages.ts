import { graphError } from '../../../shared/graph-error.ts'
import { listMessages } from '../../actions/read-messages.ts'
import type { ExchangeContext } from '../../context.ts'

type Arguments = Parameters<typeof listMessages>[0]

export function messages(_: unknown, page: Arguments, { viewer, messaging }: ExchangeContext) {
  if (viewer.kind === 'ANONYMOUS') throw graphError('UNAUTHENTICATED')
  return listMessages(page, viewer, messaging)
}
