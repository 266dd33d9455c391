import { ScopeAndOutbox } from './20261121T0200-scope-and-outbox.ts'
import { Cases } from './20261121T0210-cases.ts'
import { Evaluations } from './20261121T0220-evaluations.ts'
import { Workflow } from './20261121T0230-workflow.ts'
import { Exchange } from './20261121T0240-exchange.ts'
import { OwnCasesScope } from './20261121T0950-own-cases-scope.ts'
import { DevicesAndCitizens } from './20261121T1000-devices-and-citizens.ts'
import { WaysToRate } from './20261121T1010-ways-to-rate.ts'
import { PressureReports } from './20261121T1020-pressure-reports.ts'
import { Messages } from './20261121T1030-messages.ts'
import { CasePagingAndDeviceNames } from './20261121T1040-case-paging-and-device-names.ts'
import { DefaultsCalendarProbes } from './20261121T1110-defaults-calendar-probes.ts'
import { PhoneRatings } from './20261121T1120-phone-ratings.ts'
import { HandedOverRatings } from './20261121T1130-handed-over-ratings.ts'
import { Integrity } from './20261121T1140-integrity.ts'

/** Every migration, in order. Listed by name: nothing is found by globbing. */
export const migrations = [
  { name: '20261121T0200-scope-and-outbox', class: ScopeAndOutbox },
  { name: '20261121T0210-cases', class: Cases },
  { name: '20261121T0220-evaluations', class: Evaluations },
  { name: '20261121T0230-workflow', class: Workflow },
  { name: '20261121T0240-exchange', class: Exchange },
  { name: '20261121T0950-own-cases-scope', class: OwnCasesScope },
  { name: '20261121T1000-devices-and-citizens', class: DevicesAndCitizens },
  { name: '20261121T1010-ways-to-rate', class: WaysToRate },
  { name: '20261121T1020-pressure-reports', class: PressureReports },
  { name: '20261121T1030-messages', class: Messages },
  { name: '20261121T1040-case-paging-and-device-names', class: CasePagingAndDeviceNames },
  { name: '20261121T1110-defaults-calendar-probes', class: DefaultsCalendarProbes },
  { name: '20261121T1120-phone-ratings', class: PhoneRatings },
  { name: '20261121T1130-handed-over-ratings', class: HandedOverRatings },
  { name: '20261121T1140-integrity', class: Integrity },
]
