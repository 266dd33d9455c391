import { defineEntity, p } from '@mikro-orm/postgresql'

export const StockRateableCase = defineEntity({
  name: 'StockRateableCase',
  tableName: 'rateable_cases',
  properties: {
    id: p.uuid().primary(),
    handle: p.text().unique(),
    caseNumber: p.text(),
    departmentId: p.uuid(),
  },
})

export const StockEvaluation = defineEntity({
  name: 'StockEvaluation',
  tableName: 'evaluations',
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid().unique(),
    level: p.smallint(),
    text: p.text().nullable(),
    receiptNumber: p.text().unique(),
    departmentId: p.uuid().index(),
    evaluatedAt: p.datetime(),
  },
})

export const StockOutboxEvent = defineEntity({
  name: 'StockOutboxEvent',
  tableName: 'outbox',
  properties: {
    id: p.uuid().primary(),
    type: p.text(),
    payload: p.json(),
    occurredAt: p.datetime(),
  },
})

/** The tables of the stock recipe: a case, its rating, and the event of it. */
export const stockEntities = [StockRateableCase, StockEvaluation, StockOutboxEvent]
