import { DateTime } from '../../shared/date-time.ts'
import { CaseReportResult } from './CaseReportResult.ts'
import { Department } from './Department.ts'
import { Device } from './Device.ts'
import { Hall } from './Hall.ts'
import { Line } from './Line.ts'
import { actFor } from './Mutation/actFor.ts'
import { closeCaseUpload } from './Mutation/closeCaseUpload.ts'
import { openCaseUpload } from './Mutation/openCaseUpload.ts'
import { openCitizenSession } from './Mutation/openCitizenSession.ts'
import { recordAgentMandate } from './Mutation/recordAgentMandate.ts'
import { recordDevice } from './Mutation/recordDevice.ts'
import { registerDevice } from './Mutation/registerDevice.ts'
import { renewDeviceKey } from './Mutation/renewDeviceKey.ts'
import { reportCases } from './Mutation/reportCases.ts'
import { revealApplicant } from './Mutation/revealApplicant.ts'
import { revokeAgentMandate } from './Mutation/revokeAgentMandate.ts'
import { saveCalendarYear } from './Mutation/saveCalendarYear.ts'
import { signIn } from './Mutation/signIn.ts'
import { signOut } from './Mutation/signOut.ts'
import { takeCaseUploadRows } from './Mutation/takeCaseUploadRows.ts'
import { agentMandates } from './Query/agentMandates.ts'
import { calendarYears } from './Query/calendarYears.ts'
import { casesOfContact } from './Query/casesOfContact.ts'
import { casesOfDocument } from './Query/casesOfDocument.ts'
import { caseUpload } from './Query/caseUpload.ts'
import { caseUploadRejections } from './Query/caseUploadRejections.ts'
import { contactOfCase } from './Query/contactOfCase.ts'
import { device } from './Query/device.ts'
import { devices } from './Query/devices.ts'
import { hall } from './Query/hall.ts'
import { halls } from './Query/halls.ts'
import { hallsWithoutStaticCode } from './Query/hallsWithoutStaticCode.ts'
import { identify } from './Query/identify.ts'
import { operatorOfAccount } from './Query/operatorOfAccount.ts'
import { phoneBelongsToCase } from './Query/phoneBelongsToCase.ts'
import { phoneKeysOfCases } from './Query/phoneKeysOfCases.ts'
import { placeOfUnit } from './Query/placeOfUnit.ts'
import { policies } from './Query/policies.ts'
import { rateableCase } from './Query/rateableCase.ts'
import { region } from './Query/region.ts'
import { serviceCase } from './Query/serviceCase.ts'
import { serviceCaseClosedFeed } from './Query/serviceCaseClosedFeed.ts'
import { serviceCases } from './Query/serviceCases.ts'
import { sourceSystemOfClient } from './Query/sourceSystemOfClient.ts'
import { staffWithoutStaticCode } from './Query/staffWithoutStaticCode.ts'
import { staticCodeSubject } from './Query/staticCodeSubject.ts'
import { viewer } from './Query/viewer.ts'
import { windowsWithoutDevice } from './Query/windowsWithoutDevice.ts'
import { workCalendar } from './Query/workCalendar.ts'
import { Region } from './Region.ts'
import { ServiceCase } from './ServiceCase.ts'
import { ServiceCaseClosedEvent } from './ServiceCaseClosedEvent.ts'
import { ServiceMatter } from './ServiceMatter.ts'
import { StaffMember } from './StaffMember.ts'
import { serviceCaseClosed } from './Subscription/serviceCaseClosed.ts'
import { Viewer } from './Viewer.ts'
import { Window } from './Window.ts'

export const resolvers = {
  DateTime,
  Query: {
    viewer,
    serviceCase,
    serviceCases,
    hall,
    halls,
    region,
    serviceCaseClosedFeed,
    caseUpload,
    caseUploadRejections,
    sourceSystemOfClient,
    placeOfUnit,
    identify,
    rateableCase,
    staticCodeSubject,
    hallsWithoutStaticCode,
    staffWithoutStaticCode,
    contactOfCase,
    casesOfContact,
    phoneBelongsToCase,
    casesOfDocument,
    phoneKeysOfCases,
    operatorOfAccount,
    device,
    devices,
    windowsWithoutDevice,
    agentMandates,
    policies,
    calendarYears,
    workCalendar,
  },
  Mutation: {
    signIn,
    signOut,
    reportCases,
    revealApplicant,
    saveCalendarYear,
    openCaseUpload,
    takeCaseUploadRows,
    closeCaseUpload,
    registerDevice,
    recordDevice,
    renewDeviceKey,
    openCitizenSession,
    actFor,
    recordAgentMandate,
    revokeAgentMandate,
  },
  Subscription: { serviceCaseClosed },
  Viewer,
  Region,
  Department,
  Line,
  Hall,
  Device,
  Window,
  StaffMember,
  ServiceMatter,
  ServiceCase,
  ServiceCaseClosedEvent,
  CaseReportResult,
}
