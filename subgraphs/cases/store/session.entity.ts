import { defineEntity, p } from '@mikro-orm/postgresql'

const SessionSchema = defineEntity({
  name: 'Session',
  schema: 'cases',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    tokenHash: p.blob(),
    accountId: p.uuid(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    endedAt: p.datetime().nullable(),
  },
})

/** A signed-in session (会话); the token itself is known to its holder alone. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session)

export { SessionSchema }
