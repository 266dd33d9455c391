import { expect, test } from 'vitest'
import {
  instantInId,
  isWithheld,
  mayKnowRater,
  visibleParts,
  visibleTime,
} from '../../subgraphs/evaluations/domain/visibility.ts'
import { anonymousViewer, type Role, type Viewer } from '../../subgraphs/shared/viewer.ts'

const rated = {
  isAnonymous: true,
  evaluatedAt: new Date('2026-11-20T02:59:59.999Z'),
  committedAt: new Date('2026-11-20T03:20:00.000Z'),
  caseId: 'case',
  text: '等了很久',
  environmentReason: null,
  attitudeReason: '不理人',
  isTextSuspectedPersonal: false,
}
const words = { text: '等了很久', environmentReason: null, attitudeReason: '不理人' }
const noWords = { text: null, environmentReason: null, attitudeReason: null }
const everything = { caseId: 'case', evaluatedAt: rated.evaluatedAt, committedAt: rated.committedAt, ...words }
const theHour = new Date('2026-11-20T02:00:00.000Z')
const staff = (role: Role): Viewer => ({ ...anonymousViewer, kind: 'STAFF', role })

const inTheUnit: Role[] = ['DEPARTMENT_HANDLER', 'HALL_SUPERVISOR', 'WINDOW_STAFF', 'INTEGRATION_CLIENT', 'DEVICE']
const outside: Role[] = ['PROVINCIAL_BUREAU', 'MANAGEMENT_BODY', 'QUALITY_CHECKER', 'AUDITOR']

test.each(inTheUnit)('%s reads the text of an anonymous rating, and neither case nor minute', role => {
  const looker = { viewer: staff(role), hasReceipt: false }
  const known = { caseId: null, evaluatedAt: theHour, committedAt: new Date('2026-11-20T03:00:00.000Z') }
  expect(visibleParts(rated, looker)).toEqual({ ...known, ...words })
  expect(visibleParts({ ...rated, isTextSuspectedPersonal: true }, looker)).toEqual({ ...known, ...noWords })
  expect(isWithheld(rated, looker)).toBe(true)
  expect(visibleTime(rated.committedAt, rated, looker)).toEqual(known.committedAt)
})

test.each(inTheUnit)('%s never learns how a rater was identified, whether he is named or not', role => {
  expect(mayKnowRater({ viewer: staff(role), hasReceipt: false })).toBe(false)
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
