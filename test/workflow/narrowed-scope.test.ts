import { expect, test } from 'vitest'
import type { Scope } from '../../subgraphs/shared/viewer.ts'
import { type FeedScope, narrowScope } from '../../subgraphs/workflow/domain/narrowed-scope.ts'

const hall = '0193f5a0-0000-7000-8000-000000000001'
const other = '0193f5a0-0000-7000-8000-000000000002'
const city: Scope = { reach: 'REGION', regionPath: '/410000/410100/' }
const ofHall: Scope = { ...city, hallId: hall }

test.each<[string, Scope, FeedScope, ReturnType<typeof narrowScope>]>([
  ['nothing asked for is all of one’s own', city, {}, { scope: city, regionCode: null }],
  ['nulls ask for nothing', city, { hallId: null, regionCode: null }, { scope: city, regionCode: null }],
  ['a hall narrows a region', city, { hallId: hall }, { scope: { ...city, hallId: hall }, regionCode: null }],
  ['one’s own hall is covered', ofHall, { hallId: hall }, { scope: ofHall, regionCode: null }],
  ['another hall is not', ofHall, { hallId: other }, null],
  ['a hall that is no id is not', city, { hallId: 'A12' }, null],
  ['a window narrows a hall', ofHall, { windowId: other }, { scope: { ...ofHall, windowId: other }, regionCode: null }],
  ['one’s own division is covered', city, { regionCode: '410100' }, { scope: city, regionCode: null }],
  ['a division below is looked for in paths', city, { regionCode: '410105' }, { scope: city, regionCode: '410105' }],
  ['twelve digits name a township', city, { regionCode: '410105001000' }, { scope: city, regionCode: '410105001000' }],
  ['the division above is not one’s own', city, { regionCode: '410000' }, null],
  ['a pattern is no division', city, { regionCode: '%' }, null],
  ['five digits are no division', city, { regionCode: '41010' }, null],
  ['a citizen has no feed', { reach: 'CASES', caseIds: [hall] }, {}, null],
  ['nobody has no feed', { reach: 'NOTHING' }, {}, null],
  [
    'the hub’s own work narrows from everything',
    { reach: 'EVERYTHING', name: 'door' },
    { hallId: hall },
    { scope: { reach: 'REGION', regionPath: '/', hallId: hall }, regionCode: null },
  ],
])('%s', (_name, own, wanted, narrowed) => {
  expect(narrowScope(own, wanted)).toEqual(narrowed)
})
