import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Role } from '../kit/generated/operations.ts'
import type { Language } from '../kit/language.ts'
import type { IconName } from './frame/icon.tsx'
import type { DeskViewer } from './frame/viewer.ts'

/** What the frame hands every page: who works here, and the hall that he narrowed his view to; null for all of his scope. */
export type PageProps = { viewer: DeskViewer; hallId: string | null }

/** A page of the desk (栏目). */
export type DeskPage = {
  /** Below `/desk`, e.g. `/ratings`. */
  path: string
  title: Record<Language, string>
  icon: IconName
  /** Pressed after `g`; each letter once. */
  letter: string
  /** Whose side navigation has it; the graph decides what they see there. */
  roles: readonly Role[]
  /** Only for those who stand for a whole region, not for one department, line, hall or window of it. */
  isForWholeRegions?: boolean
  /** The switch of halls narrows it. */
  isByHall?: boolean
  view: LazyExoticComponent<ComponentType<PageProps>>
}

const bodies: readonly Role[] = ['PROVINCIAL_BUREAU', 'MANAGEMENT_BODY']
const staff: readonly Role[] = [
  ...bodies,
  'DEPARTMENT_HANDLER',
  'QUALITY_CHECKER',
  'HOTLINE_OPERATOR',
  'PHONE_INVITER',
  'HALL_SUPERVISOR',
  'WINDOW_STAFF',
  'ANALYST',
  'AUDITOR',
  'LIAISON',
]

/** Every page of the desk, in the order of the side navigation. A new one is one entry here and a folder of its own. */
export const deskPages: readonly DeskPage[] = [
  {
    path: '/',
    title: { zh: '首页', en: 'Home' },
    icon: 'home',
    letter: 'h',
    roles: staff,
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./home/home-page.tsx')).HomePage })),
  },
  {
    path: '/ratings',
    title: { zh: '全部评价', en: 'Ratings' },
    icon: 'rating',
    letter: 'r',
    roles: staff,
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./ratings/ratings-page.tsx')).RatingsPage })),
  },
]

/** Pages that this person has. */
export function pagesOf(viewer: DeskViewer): readonly DeskPage[] {
  return deskPages.filter(
    ({ roles, isForWholeRegions }) => roles.includes(viewer.role) && (!isForWholeRegions || viewer.isForWholeRegion),
  )
}
