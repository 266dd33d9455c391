/** Rows of the directory (目录) as the graph shows them; references are ids. */
export type RegionRow = {
  id: string
  code: string
  name: string
  level: string
  isDirectlyAdministered: boolean
  parentId: string | null
  regionPath: string
}
export type LineRow = { id: string; name: string }
export type DepartmentRow = { id: string; name: string; kind: string; regionId: string; lineId: string | null }
export type HallRow = { id: string; name: string; kind: string; address: string | null; regionId: string }
export type WindowRow = { id: string; hallId: string; number: string; name: string }
export type StaffMemberRow = { id: string; staffNumber: string; name: string; departmentId: string }
export type ServiceMatterRow = { id: string; serviceCode: string; name: string; departmentId: string }
