/** What the provider keeps of one model: `consumed` and `grantId` are the fields that it asks an adapter to know. */
type Payload = Record<string, unknown> & { grantId?: string; uid?: string; consumed?: number }

/** More sign-ins than one demo sees in ten minutes; beyond it the oldest go. */
const mostRecords = 5_000

/**
 * Where the demo's identity provider keeps sign-ins and codes (登录状态): in this process, for as long as each of them lasts.
 */
export function memoryAdapter(now: () => number = Date.now) {
  const records = new Map<string, { payload: Payload; endsAt: number }>()

  function read(key: string): Payload | undefined {
    const record = records.get(key)
    return record && record.endsAt > now() ? record.payload : undefined
  }

  return (model: string) => ({
    async upsert(id: string, payload: Payload, expiresIn: number) {
      const key = `${model}:${id}`
      records.delete(key)
      records.set(key, { payload, endsAt: now() + expiresIn * 1000 })
      for (const [known, { endsAt }] of records) {
        if (endsAt > now() && records.size <= mostRecords) break
        records.delete(known)
      }
    },
    find: async (id: string) => read(`${model}:${id}`),
    async findByUid(uid: string) {
      const known = [...records.entries()].find(
        ([key, { payload }]) => key.startsWith(`${model}:`) && payload.uid === uid,
      )
      return known && read(known[0])
    },
    findByUserCode: async () => undefined,
    async consume(id: string) {
      const payload = read(`${model}:${id}`)
      if (payload) payload.consumed = Math.floor(now() / 1000)
    },
    async destroy(id: string) {
      records.delete(`${model}:${id}`)
    },
    async revokeByGrantId(grantId: string) {
      for (const [key, { payload }] of records) if (payload.grantId === grantId) records.delete(key)
    },
  })
}
