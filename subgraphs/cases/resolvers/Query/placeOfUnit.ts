import { findPlaceOfUnit } from '../../actions/find-place-of-unit.ts'
import type { CasesContext } from '../../context.ts'

type Unit = { departmentId?: string | null; hallId?: string | null }

export async function placeOfUnit(_: unknown, unit: Unit, context: CasesContext) {
  const place = await findPlaceOfUnit(unit, context)
  return place && JSON.stringify(place)
}
