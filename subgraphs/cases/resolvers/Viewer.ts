import type { Viewer as AskingViewer, Scope } from '../../shared/viewer.ts'
import { readOwnMandates } from '../actions/act-for.ts'
import { contactOfAccount } from '../actions/find-caller.ts'
import type { CasesContext } from '../context.ts'
import { regionByPath } from '../store/directory-queries.ts'

type RegionScope = Extract<Scope, { reach: 'REGION' }>
const regionScope = ({ scope }: AskingViewer): Partial<RegionScope> => (scope.reach === 'REGION' ? scope : {})

export const Viewer = {
  region(viewer: AskingViewer, _: unknown, { read }: CasesContext) {
    const { regionPath } = regionScope(viewer)
    return regionPath ? read(tx => regionByPath(tx, regionPath)) : null
  },
  department: (viewer: AskingViewer, _: unknown, { load }: CasesContext) =>
    load.department.load(regionScope(viewer).departmentId),
  hall: (viewer: AskingViewer, _: unknown, { load }: CasesContext) => load.hall.load(regionScope(viewer).hallId),
  window: (viewer: AskingViewer, _: unknown, { load }: CasesContext) => load.window.load(regionScope(viewer).windowId),
  staffMember: (viewer: AskingViewer, _: unknown, { load }: CasesContext) =>
    load.staffMember.load(regionScope(viewer).staffMemberId),
  sessionExpiresAt: ({ expiresAt }: AskingViewer) => (expiresAt === null ? null : new Date(expiresAt * 1_000)),
  contact: ({ kind, id }: AskingViewer, _: unknown, { database }: CasesContext) =>
    kind === 'STAFF' ? contactOfAccount(database, id) : null,
  actingFor: async (viewer: AskingViewer, _: unknown, context: CasesContext) =>
    (await readOwnMandates({ ...context, viewer })).actingFor,
  mandates: async (viewer: AskingViewer, _: unknown, context: CasesContext) =>
    (await readOwnMandates({ ...context, viewer })).mandates,
}
