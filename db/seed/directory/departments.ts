import { inventedCreditCode } from '../invented/organisations.ts'
import { namedId } from '../named-id.ts'
import { seededRandom } from '../seeded-random.ts'
import type { Region } from './regions.ts'
import { type DepartmentKind, managementBodyName, type Trade, trades } from './trades.ts'

/** Departments of one trade across regions (条线). */
export type Line = { id: string; name: string }

/** A department (部门) with its trade; the management body (主管机构) has none. */
export type Department = {
  id: string
  name: string
  kind: DepartmentKind
  creditCode: string
  regionId: string
  regionPath: string
  lineId: string | null
  region: Region
  trade: Trade | null
}

/** One line a trade. */
export function makeLines(): Line[] {
  return trades.map(({ line }) => ({ id: namedId('line', line), name: line }))
}

/** The city whose hall has every trade. */
export const MAIN_CITY = '410100'

// The first trades are the ones that every place has; the last ones only the main city has in the demo province.
const TRADES_OF_PROVINCE = 4
const TRADES_OF_CITY = 10
const TRADES_OF_COUNTY = 3

/** Departments of province, cities and counties: some trades each, and the management body. */
export function makeDepartments(regions: readonly Region[]): Department[] {
  return regions.flatMap(region => {
    const present = trades.slice(0, tradeCount(region))
    if (present.length === 0) return []
    return [managementBody(region), ...present.map(trade => department(region, trade.nameIn(region), trade))]
  })
}

function tradeCount({ level, code }: Region): number {
  if (code === MAIN_CITY) return trades.length
  return { PROVINCE: TRADES_OF_PROVINCE, CITY: TRADES_OF_CITY, COUNTY: TRADES_OF_COUNTY, TOWNSHIP: 0, VILLAGE: 0 }[
    level
  ]
}

function managementBody(region: Region): Department {
  return department(region, managementBodyName(region), null)
}

function department(region: Region, name: string, trade: Trade | null): Department {
  const kind = trade?.kind ?? 'GOVERNMENT'
  const isEnterprise = kind === 'PUBLIC_SERVICE_ENTERPRISE'
  const head = isEnterprise ? '91' : kind === 'AUTHORISED_ORGANISATION' ? '12' : '11'
  return {
    id: namedId('department', name),
    name,
    kind,
    creditCode: inventedCreditCode(seededRandom(`department ${name}`), head),
    regionId: region.id,
    regionPath: region.regionPath,
    lineId: trade && namedId('line', trade.line),
    region,
    trade,
  }
}
