import { cities, directlyAdministered, province } from '../directory/divisions.ts'
import type { Hall } from '../directory/halls.ts'
import { namedId } from '../named-id.ts'

export type LinkState = 'PLANNED' | 'CONNECTED' | 'TRIAL' | 'LIVE'

/** A linked system (接入系统). With a hall it carries that hall's cases, without one those of the halls below its region. */
export type Link = {
  id: string
  sourceSystem: string
  name: string
  mode: 'WHOLE_CENTER' | 'PER_SYSTEM'
  state: LinkState
  regionId: string
  regionPath: string
  hallId: string | null
}

/** Source system (BELONGSYSTEM) of the main hall's window system. */
export const MAIN_HALL_SYSTEM = 'ZZ-ZWZX'

// How far each place has come: its own center, and the system that its counties share.
const stateOfCenter: Readonly<Record<string, LinkState>> = {
  HN: 'LIVE',
  ZZ: 'LIVE',
  KF: 'LIVE',
  LY: 'LIVE',
  PDS: 'LIVE',
  XX: 'TRIAL',
  XC: 'LIVE',
  SMX: 'TRIAL',
  NY: 'TRIAL',
  JY: 'CONNECTED',
  GY: 'LIVE',
  LK: 'TRIAL',
  RZ: 'LIVE',
  CY: 'PLANNED',
  DZ: 'PLANNED',
}
const stateOfCounties: Readonly<Record<string, LinkState>> = {
  ZZ: 'LIVE',
  KF: 'TRIAL',
  LY: 'LIVE',
  PDS: 'TRIAL',
  XX: 'PLANNED',
  XC: 'LIVE',
  SMX: 'CONNECTED',
  NY: 'PLANNED',
}

/** The record of who is linked up (接入情况表). */
export function makeLinks(halls: readonly Hall[]): Link[] {
  const hallOf = (code: string) => halls.find(({ kind, region }) => kind === 'HALL' && region.code === code)!
  const places = [{ ...province, latin: 'HN' }, ...cities, ...directlyAdministered]
  const centers = places.map(({ code, latin }) => {
    const hall = hallOf(code)
    const of = { sourceSystem: `${latin}-ZWZX`, name: `${hall.name}综合窗口系统`, mode: 'WHOLE_CENTER' as const }
    return link({ ...of, state: stateOfCenter[latin]! }, hall, hall.id)
  })
  const counties = cities.map(({ code, name, latin }) => {
    const of = { sourceSystem: `${latin}-QXZW`, name: `${name}县区综合窗口系统`, mode: 'PER_SYSTEM' as const }
    return link({ ...of, state: stateOfCounties[latin]! }, hallOf(code), null)
  })
  const mainHall = hallOf('410100')
  const queue = { sourceSystem: 'ZZ-PDJH', name: `${mainHall.name}排队叫号系统`, mode: 'PER_SYSTEM' as const }
  return [...centers, ...counties, link({ ...queue, state: 'CONNECTED' }, mainHall, mainHall.id)]
}

/** The system that hands in the cases of a hall or station; undefined where none is on trial or live yet. */
export function linkOfHall(links: readonly Link[], hall: Hall): Link | undefined {
  const own = links.find(({ hallId, mode }) => mode === 'WHOLE_CENTER' && hallId === hall.id)
  const serving = own ?? sharedLink(links, hall)
  return serving && (serving.state === 'LIVE' || serving.state === 'TRIAL') ? serving : undefined
}

// The counties' system of the city, or for a station of a directly administered county that county's own.
function sharedLink(links: readonly Link[], { regionPath }: Hall): Link | undefined {
  return links
    .filter(link => regionPath.startsWith(link.regionPath) && link.sourceSystem !== 'HN-ZWZX')
    .find(({ hallId, mode, regionPath: path }) => (mode === 'PER_SYSTEM' && hallId === null) || isDirect(path))
}

function isDirect(regionPath: string): boolean {
  return directlyAdministered.some(({ code }) => regionPath.endsWith(`/${code}/`))
}

function link(of: Pick<Link, 'sourceSystem' | 'name' | 'mode' | 'state'>, hall: Hall, hallId: string | null): Link {
  const { regionId, regionPath } = hall
  return { id: namedId('link', of.sourceSystem), ...of, regionId, regionPath, hallId }
}
