import { namedId } from '../named-id.ts'
import { seededRandom } from '../seeded-random.ts'
import { MAIN_CITY } from './departments.ts'
import type { Region } from './regions.ts'

/** A place of service (政务大厅、便民服务站). */
export type Hall = {
  id: string
  name: string
  kind: 'HALL' | 'STATION'
  address: string
  regionId: string
  regionPath: string
  region: Region
}

// One county in so many has a station of a township and one of a village that hand cases in.
const COUNTIES_PER_STATION = 6

/** Halls of province, cities and counties, and some stations below them. */
export function makeHalls(regions: readonly Region[]): Hall[] {
  const seats = regions.filter(({ level }) => level === 'PROVINCE' || level === 'CITY' || level === 'COUNTY')
  const counties = regions.filter(({ level }) => level === 'COUNTY')
  const withStations = counties.filter((_, i) => i % COUNTIES_PER_STATION === 2)
  const stations = withStations.flatMap(county => {
    const under = (level: Region['level']) =>
      regions.find(region => region.level === level && region.regionPath.startsWith(county.regionPath))!
    const [township, village] = [under('TOWNSHIP'), under('VILLAGE')]
    const place = county.name + township.name
    return [
      hall(township, 'STATION', `${place}便民服务中心`, place),
      hall(village, 'STATION', `${place}${village.name}便民服务站`, place + village.name),
    ]
  })
  return [...seats.map(region => hall(region, 'HALL', hallName(region), region.name)), ...stations]
}

/** The hall in which the demo accounts work. */
export function mainHallOf(halls: readonly Hall[]): Hall {
  return halls.find(({ region }) => region.code === MAIN_CITY)!
}

const STREETS = ['示范路', '演示大道', '样例街', '示例西路']

function hall(region: Region, kind: Hall['kind'], name: string, place: string): Hall {
  const random = seededRandom(`hall ${region.code}`)
  return {
    id: namedId('hall', region.code),
    name,
    kind,
    address: `${place}${random.pick(STREETS)}${random.between(1, 199)}号`,
    regionId: region.id,
    regionPath: region.regionPath,
    region,
  }
}

function hallName({ name, level }: Region): string {
  return level === 'PROVINCE' ? `${name}政务服务大厅` : `${name}政务服务中心`
}
