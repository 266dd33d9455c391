import { defineEntity, p } from '@mikro-orm/postgresql'
import type { Role } from '../../shared/viewer.ts'

const AccountSchema = defineEntity({
  name: 'Account',
  schema: 'cases',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    name: p.string(),
    displayName: p.string(),
    role: p.string().$type<Role>(),
    regionPath: p.string().nullable(),
    departmentId: p.uuid().nullable(),
    lineId: p.uuid().nullable(),
    hallId: p.uuid().nullable(),
    windowId: p.uuid().nullable(),
    staffMemberId: p.uuid().nullable(),
    passwordHash: p.string(),
    mustChangePassword: p.boolean(),
    isDemo: p.boolean(),
    isActive: p.boolean(),
    failedCount: p.integer(),
    retryAfter: p.datetime().nullable(),
    lastSignedInAt: p.datetime().nullable(),
  },
})

/** Someone who signs in with name and password (账号). */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account)

export { AccountSchema }
