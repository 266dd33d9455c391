import { expect, test } from 'vitest'
import { instantInId, visibleParts } from '../../subgraphs/evaluations/domain/visibility.ts'
import { anonymousViewer, type Role, type Viewer } from '../../subgraphs/shared/viewer.ts'

const rated = {
  isAnonymous: true,
  evaluatedAt: new Date('2026-11-20T02:59:59.999Z'),
  caseId: 'case',
  text: '等了很久',
  isTextSuspectedPersonal: false,
}
const everything = { caseId: 'case', evaluatedAt: rated.evaluatedAt, text: '等了很久' }
const theHour = new Date('2026-11-20T02:00:00.000Z')
const staff = (role: Role): Viewer => ({ ...anonymousViewer, kind: 'STAFF', role })

const inTheUnit: Role[] = ['DEPARTMENT_HANDLER', 'HALL_SUPERVISOR', 'WINDOW_STAFF', 'INTEGRATION_CLIENT', 'DEVICE']
const outside: Role[] = ['PROVINCIAL_BUREAU', 'MANAGEMENT_BODY', 'QUALITY_CHECKER', 'AUDITOR']

test.each(inTheUnit)('%s reads the text of an anonymous rating, and neither case nor minute', role => {
  const looker = { viewer: staff(role), hasReceipt: false }
  expect(visibleParts(rated, looker)).toEqual({ caseId: null, evaluatedAt: theHour, text: '等了很久' })
  expect(visibleParts({ ...rated, isTextSuspectedPersonal: true }, looker).text).toBe(null)
})

test.each(outside)('%s sees everything', role => {
  const looker = { viewer: staff(role), hasReceipt: false }
  expect(visibleParts({ ...rated, isTextSuspectedPersonal: true }, looker)).toEqual(everything)
})

test('a rating that is not anonymous, or one’s own, is seen as it is', () => {
  const looker = { viewer: staff('WINDOW_STAFF'), hasReceipt: false }
  expect(visibleParts({ ...rated, isAnonymous: false, isTextSuspectedPersonal: true }, looker)).toEqual(everything)
  expect(visibleParts(rated, { viewer: anonymousViewer, hasReceipt: true })).toEqual(everything)
})

test('the id of an anonymous rating tells its hour, that of any other the moment', () => {
  expect(instantInId(rated)).toEqual(theHour)
  expect(instantInId({ ...rated, isAnonymous: false })).toEqual(rated.evaluatedAt)
})
