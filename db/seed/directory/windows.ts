import { namedId } from '../named-id.ts'
import { type Department, MAIN_CITY } from './departments.ts'
import type { Hall } from './halls.ts'

/** A counter (窗口) and the department that serves there. */
export type Window = {
  id: string
  hallId: string
  number: string
  name: string
  regionPath: string
  hall: Hall
  department: Department
}

// Two windows of each of a city's first trades and of a county's; a station has a single one.
const WINDOWS_PER_TRADE = 2
const TRADES_PER_CITY_HALL = 4
const TRADES_PER_COUNTY_HALL = 2

/** The windows of all halls: zones by trade, e.g. `A03`. */
export function makeWindows(halls: readonly Hall[], departments: readonly Department[]): Window[] {
  return halls.flatMap(hall => {
    const serving = departments.filter(({ trade, regionPath }) => trade !== null && regionPath === seatPath(hall))
    if (hall.kind === 'STATION') return [window(hall, serving[1]!, '01', '综合窗口')]
    const isCounty = hall.region.level === 'COUNTY'
    const present =
      hall.region.code === MAIN_CITY ? serving.length : isCounty ? TRADES_PER_COUNTY_HALL : TRADES_PER_CITY_HALL
    const inZone = new Map<string, number>()
    return serving.slice(0, present).flatMap(department => {
      const { zone, counter, mainHallWindows } = department.trade!
      const count = hall.region.code === MAIN_CITY ? mainHallWindows : WINDOWS_PER_TRADE
      return Array.from({ length: count }, () => {
        const place = (inZone.get(zone) ?? 0) + 1
        inZone.set(zone, place)
        return window(hall, department, `${zone}${String(place).padStart(2, '0')}`, `${counter}${place}号窗口`)
      })
    })
  })
}

// A station's matters are those of the departments of its county.
function seatPath({ kind, regionPath, region }: Hall): string {
  const depth = kind === 'HALL' ? 0 : region.level === 'TOWNSHIP' ? 1 : 2
  const codes = regionPath.split('/').filter(Boolean)
  return `/${codes.slice(0, codes.length - depth).join('/')}/`
}

function window(hall: Hall, department: Department, number: string, name: string): Window {
  return {
    id: namedId('window', `${hall.region.code} ${number}`),
    hallId: hall.id,
    number,
    name,
    regionPath: hall.regionPath,
    hall,
    department,
  }
}
