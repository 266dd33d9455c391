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
  {
    path: '/hotline',
    title: { zh: '热线评价', en: 'Hotline' },
    icon: 'phone',
    letter: 't',
    roles: ['HOTLINE_OPERATOR', 'MANAGEMENT_BODY'],
    isForWholeRegions: true,
    view: lazy(async () => ({ default: (await import('./phone/hotline-page.tsx')).HotlinePage })),
  },
  {
    path: '/invitations',
    title: { zh: '电话邀评', en: 'Invitations' },
    icon: 'invite',
    letter: 'v',
    roles: ['PHONE_INVITER', 'MANAGEMENT_BODY'],
    isForWholeRegions: true,
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./phone/invitations-page.tsx')).InvitationsPage })),
  },
  {
    path: '/call-backs',
    title: { zh: '回访核对', en: 'Call-backs' },
    icon: 'queue',
    letter: 'b',
    roles: bodies,
    isForWholeRegions: true,
    view: lazy(async () => ({ default: (await import('./phone/call-backs-page.tsx')).CallBacksPage })),
  },
  {
    path: '/static-codes',
    title: { zh: '静态码', en: 'Static codes' },
    icon: 'code',
    letter: 'c',
    roles: [...bodies, 'HALL_SUPERVISOR', 'DEPARTMENT_HANDLER', 'WINDOW_STAFF', 'ANALYST', 'AUDITOR'],
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./static-codes/static-codes-page.tsx')).StaticCodesPage })),
  },
  {
    path: '/devices',
    title: { zh: '评价设备', en: 'Devices' },
    icon: 'device',
    letter: 'd',
    roles: [...bodies, 'HALL_SUPERVISOR', 'AUDITOR'],
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./devices/devices-page.tsx')).DevicesPage })),
  },
  {
    path: '/unlinked',
    title: { zh: '未关联评价', en: 'Unlinked ratings' },
    icon: 'link',
    letter: 'u',
    roles: [...bodies, 'DEPARTMENT_HANDLER', 'HALL_SUPERVISOR', 'AUDITOR'],
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./unlinked/unlinked-page.tsx')).UnlinkedPage })),
  },
  {
    path: '/messages',
    title: { zh: '短信记录', en: 'Messages' },
    icon: 'message',
    letter: 'm',
    roles: [...bodies, 'AUDITOR', 'HOTLINE_OPERATOR', 'PHONE_INVITER'],
    view: lazy(async () => ({ default: (await import('./messages/messages-page.tsx')).MessagesPage })),
  },
  {
    path: '/pressure',
    title: { zh: '施压举报', en: 'Pressure reports' },
    icon: 'shield',
    letter: 'p',
    roles: bodies,
    isForWholeRegions: true,
    view: lazy(async () => ({ default: (await import('./pressure/pressure-page.tsx')).PressurePage })),
  },
  {
    path: '/mandates',
    title: { zh: '企业授权', en: 'Mandates' },
    icon: 'mandate',
    letter: 'a',
    roles: bodies,
    view: lazy(async () => ({ default: (await import('./mandates/mandates-page.tsx')).MandatesPage })),
  },
  {
    path: '/integrity',
    title: { zh: '异常线索', en: 'Integrity' },
    icon: 'integrity',
    letter: 'i',
    roles: [...bodies, 'AUDITOR'],
    isByHall: true,
    view: lazy(async () => ({ default: (await import('./integrity/integrity-page.tsx')).IntegrityPage })),
  },
]

/** Pages that this person has. */
export function pagesOf(viewer: DeskViewer): readonly DeskPage[] {
  return deskPages.filter(
    ({ roles, isForWholeRegions }) => roles.includes(viewer.role) && (!isForWholeRegions || viewer.isForWholeRegion),
  )
}
