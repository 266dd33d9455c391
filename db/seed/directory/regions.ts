import { namedId } from '../named-id.ts'
import { type SeededRandom, seededRandom } from '../seeded-random.ts'
import { cities, directlyAdministered, policyOfCity, province, provincialPolicy } from './divisions.ts'

export type RegionLevel = 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP' | 'VILLAGE'

/** A division (区划) of the demo province. */
export type Region = {
  id: string
  code: string
  name: string
  level: RegionLevel
  parentId: string | null
  /** Codes from the province down, e.g. `/410000/410100/410105/`. */
  regionPath: string
  /** The city that keeps its case numbers unique; a directly administered county is its own. */
  cityCode: string
  isDirectlyAdministered: boolean
  policyId: string
}

const STREETS = ['东城街道', '新城街道', '建设路街道', '文化路街道', '南关街道', '滨河街道', '育才街道', '站前街道']
const TOWNS = ['柳河镇', '清水镇', '石桥镇', '枣林镇', '双庙镇', '沙岗镇', '龙泉镇', '古城镇', '杨店镇', '青山镇']
const COMMUNITIES = ['第一社区', '花园社区', '和平社区', '新苑社区', '向阳社区']
const VILLAGES = ['前营村', '后营村', '东坡村', '西岗村', '南洼村', '大槐树村', '小李庄村']

/** All divisions at five levels, parents before their children. */
export function makeRegions(): Region[] {
  const top = child(null, province.code, province.name, 'PROVINCE', {})
  const regions = [top]
  for (const { code, name, counties } of cities) {
    const city = child(top, code, name, 'CITY', { policyId: policyOfCity[code] })
    regions.push(city)
    for (const [countyCode, countyName] of counties) {
      const county = child(city, countyCode, countyName, 'COUNTY', {})
      regions.push(county, ...townshipsOf(county))
    }
  }
  for (const { code, name, level } of directlyAdministered) {
    const region = child(top, code, name, level, { isDirectlyAdministered: true })
    regions.push(region, ...townshipsOf(region))
  }
  return regions
}

// Twelve digits: county 6, township 3 (streets from 001, towns from 100), village 3.
function townshipsOf(county: Region): Region[] {
  const random = seededRandom(`townships ${county.code}`)
  return [
    ...withVillage(county, `${county.code}001`, random.pick(STREETS), COMMUNITIES, random),
    ...withVillage(county, `${county.code}100`, random.pick(TOWNS), VILLAGES, random),
  ]
}

function withVillage(county: Region, code: string, name: string, villages: string[], random: SeededRandom): Region[] {
  const township = child(county, `${code}000`, name, 'TOWNSHIP', {})
  return [township, child(township, `${code}201`, random.pick(villages), 'VILLAGE', {})]
}

type Own = { policyId?: string | undefined; isDirectlyAdministered?: boolean }

function child(parent: Region | null, code: string, name: string, level: RegionLevel, own: Own): Region {
  const isItsOwnCity = level === 'PROVINCE' || level === 'CITY' || own.isDirectlyAdministered === true
  return {
    id: namedId('region', code),
    code,
    name,
    level,
    parentId: parent?.id ?? null,
    regionPath: `${parent?.regionPath ?? '/'}${code}/`,
    cityCode: isItsOwnCity ? code : parent!.cityCode,
    isDirectlyAdministered: own.isDirectlyAdministered ?? false,
    policyId: own.policyId ?? parent?.policyId ?? provincialPolicy,
  }
}
