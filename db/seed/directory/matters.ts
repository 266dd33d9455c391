import { namedId } from '../named-id.ts'
import { type Department, MAIN_CITY } from './departments.ts'
import { type MatterOffer, trades } from './trades.ts'

/** A service matter (事项) of one department. */
export type ServiceMatter = {
  id: string
  /** 事项编码: the department's credit code, 2 for public service, and the matter's own twelve digits. */
  serviceCode: string
  name: string
  departmentId: string
  lineId: string | null
  regionPath: string
  hasFees: boolean
  involvesIntermediary: boolean
  offer: MatterOffer
}

// Outside the main city a department carries its first matters only, so that the directory stays readable.
const OFFERS_ELSEWHERE = 2

/** What the departments can be applied to for. */
export function makeMatters(departments: readonly Department[]): ServiceMatter[] {
  return departments.flatMap(department => {
    const { trade, region } = department
    const offers = trade?.offers ?? []
    const present = region.code === MAIN_CITY ? offers : offers.slice(0, OFFERS_ELSEWHERE)
    return present.map((offer, i) =>
      matter(department, offer, `0020${twoDigits(tradeNumber(department))}${twoDigits(i + 1)}0000`),
    )
  })
}

function matter(department: Department, offer: MatterOffer, number: string): ServiceMatter {
  const serviceCode = `${department.creditCode}2${number}`
  return {
    id: namedId('matter', serviceCode),
    serviceCode,
    name: offer.name,
    departmentId: department.id,
    lineId: department.lineId,
    regionPath: department.regionPath,
    hasFees: offer.hasFees ?? false,
    involvesIntermediary: offer.involvesIntermediary ?? false,
    offer,
  }
}

function tradeNumber({ trade }: Department): number {
  return trades.findIndex(({ line }) => line === trade?.line) + 1
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
