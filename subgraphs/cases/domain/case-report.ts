import type { InputProblem } from '../../shared/rows/input-problem.ts'
import { createRowJudge, type RowJudge } from '../../shared/rows/row-judge.ts'
import { judgeApplicant, type ReportedApplicant } from './reported-applicant.ts'
import {
  type CaseOutcome,
  type CaseState,
  caseOutcomes,
  caseStates,
  dataStates,
  type HandlingKind,
  handlingKinds,
} from './reported-codes.ts'

/** One reported case as it came in: the input `CaseReportInput` of the graph. */
export type CaseReportRow = {
  caseNumber: string
  dataVersion: number
  regionCode: string
  serviceCode: string
  taskItemCode?: string | null
  hall?: string | null
  windowNumber?: string | null
  staffNumber?: string | null
  queueNumber?: string | null
  state: string
  handlingKind: string
  applicantKind: string
  applicantName: string
  documentKind?: string | null
  documentNumber?: string | null
  contactName?: string | null
  contactPhone?: string | null
  acceptedAt?: string | null
  promisedAt?: string | null
  legalLimitAt?: string | null
  closedAt?: string | null
  dataState: string
  title?: string | null
  outcome: string
  mergedInto?: string | null
  isProbe?: boolean | null
}

/** A row that holds in itself (办件): codes have their meaning, times are instants, empty texts are null. */
export type CaseReport = {
  caseNumber: string
  dataVersion: number
  regionCode: string
  serviceCode: string
  taskItemCode: string | null
  hall: string | null
  windowNumber: string | null
  staffNumber: string | null
  queueNumber: string | null
  state: CaseState
  handlingKind: HandlingKind
  isValid: boolean
  title: string | null
  outcome: CaseOutcome
  /** Number of the case that took this one in (并入); only of a void case. */
  mergedInto: string | null
  /** A probe of the hub itself (探测办件). */
  isProbe: boolean
  acceptedAt: Date | null
  promisedAt: Date | null
  legalLimitAt: Date | null
  closedAt: Date | null
  applicant: ReportedApplicant
}

export type JudgedRow = { report: CaseReport | null; problems: InputProblem[]; warnings: InputProblem[] }

/** PROJID has 22 characters in the exchange table, yet real numbers reach 24: wide inside, measured at the border. */
const exchangeCaseNumberLength = 22
const longestCaseNumber = 50
const caseNumberShape = /^[A-Za-z0-9-]{10,50}$/
/** Clocks of window systems are set by hand. */
const clockSkewMilliseconds = 5 * 60_000
const largestVersion = 2_147_483_647

/**
 * Judges one row by itself, every field of it, so that whoever corrects it does so once. Whether region, matter, window and staff exist
 * is judged against the directory later.
 */
export function judgeCaseReport(row: CaseReportRow, now: Date): JudgedRow {
  const judge = createRowJudge()
  const caseNumber = judgeCaseNumber(row.caseNumber, judge)
  const dataVersion = judgeVersion(row.dataVersion, judge)
  const regionCode = judgeRegionCode(row.regionCode, judge)
  const serviceCode = judge.needed('serviceCode', row.serviceCode, 50)
  const state = judge.code('state', row.state, caseStates)
  const handlingKind = judge.code('handlingKind', row.handlingKind, handlingKinds)
  const isValid = judge.code('dataState', row.dataState, dataStates)
  const outcome = judgeOutcome(row.outcome, state, judge)
  const mergedInto = judgeMergedInto(row.mergedInto, { caseNumber, isValid }, judge)
  const texts = {
    taskItemCode: judge.text('taskItemCode', row.taskItemCode, 100),
    hall: judge.text('hall', row.hall, 100),
    windowNumber: judge.text('windowNumber', row.windowNumber, 20),
    staffNumber: judge.text('staffNumber', row.staffNumber, 50),
    queueNumber: judge.text('queueNumber', row.queueNumber, 50),
    title: judge.text('title', row.title, 300),
  }
  const times = judgeTimes(row, state, judge, now)
  const applicant = judgeApplicant(row, judge, now)
  const { problems, warnings } = judge
  const isWhole =
    caseNumber !== null &&
    dataVersion !== null &&
    regionCode !== null &&
    serviceCode !== null &&
    state !== null &&
    handlingKind !== null &&
    isValid !== null &&
    outcome !== null &&
    applicant !== null
  if (problems.length > 0 || !isWhole) return { report: null, problems, warnings }
  const report = { caseNumber, dataVersion, regionCode, serviceCode, state, handlingKind, isValid, outcome, applicant }
  const isProbe = row.isProbe ?? false
  return { report: { ...report, mergedInto, isProbe, ...texts, ...times }, problems, warnings }
}

function judgeCaseNumber(value: string, judge: RowJudge): string | null {
  const caseNumber = value.trim()
  if (caseNumber === '') return judge.refuse('caseNumber', 'MISSING', '办件编号必填', 'is required')
  if (!caseNumberShape.test(caseNumber)) {
    return judge.refuse(
      'caseNumber',
      'CASE_NUMBER_MALFORMED',
      `办件编号应为 10 至 50 位字母、数字或“-”，收到 ${[...caseNumber].length} 位`,
      'must be 10 to 50 letters, digits or dashes',
    )
  }
  if (caseNumber.length > exchangeCaseNumberLength) {
    judge.warn(
      'caseNumber',
      'CASE_NUMBER_LONGER_THAN_EXCHANGE',
      `办件编号 ${caseNumber.length} 位，超过交换表的 ${exchangeCaseNumberLength} 位：已收下，回流时会列入清单`,
      `${caseNumber.length} characters, the exchange table holds ${exchangeCaseNumberLength}: taken, but it will be listed when ratings flow back`,
    )
  }
  return caseNumber
}

function judgeOutcome(value: string, state: CaseState | null, judge: RowJudge): CaseOutcome | null {
  const outcome = judge.code('outcome', value, caseOutcomes)
  if (outcome === null || outcome === 'COMPLETED' || state === null || state === 'CLOSED') return outcome
  return judge.refuse(
    'outcome',
    'OUTCOME_BUT_OPEN',
    '状态不是 3 已办结，却填了办结方式：请改状态，或填 1',
    'is given although the state is not 3 (closed): correct the state, or give 1',
  )
}

function judgeMergedInto(
  value: string | null | undefined,
  { caseNumber, isValid }: { caseNumber: string | null; isValid: boolean | null },
  judge: RowJudge,
): string | null {
  const mergedInto = judge.text('mergedInto', value, longestCaseNumber)
  if (mergedInto === null) return null
  if (!caseNumberShape.test(mergedInto)) {
    return judge.refuse(
      'mergedInto',
      'CASE_NUMBER_MALFORMED',
      `并入的办件编号应为 10 至 50 位字母、数字或“-”，收到 ${[...mergedInto].length} 位`,
      'must be 10 to 50 letters, digits or dashes',
    )
  }
  if (mergedInto === caseNumber) {
    return judge.refuse('mergedInto', 'MERGED_INTO_ITSELF', '办件不能并入自身', 'a case cannot be merged into itself')
  }
  if (isValid !== true) return mergedInto
  return judge.refuse(
    'mergedInto',
    'MERGED_BUT_VALID',
    '仅作废（dataState 为 0）的办件可填并入编号：请改数据状态或清空',
    'only a void case (dataState 0) is merged into another: correct one of them',
  )
}

function judgeVersion(version: number, judge: RowJudge): number | null {
  if (Number.isSafeInteger(version) && version >= 1 && version <= largestVersion) return version
  return judge.refuse(
    'dataVersion',
    'DATA_VERSION_OUT_OF_RANGE',
    '数据版本应为从 1 起的整数',
    'must be a whole number from 1',
  )
}

function judgeRegionCode(value: string, judge: RowJudge): string | null {
  const code = value.trim()
  if (code === '') return judge.refuse('regionCode', 'MISSING', '区划代码必填', 'is required')
  if (/^(\d{6}|\d{12})$/.test(code)) return code
  return judge.refuse('regionCode', 'REGION_CODE_MALFORMED', '区划代码应为 6 位或 12 位数字', 'must be 6 or 12 digits')
}

function judgeTimes(row: CaseReportRow, state: CaseState | null, judge: RowJudge, now: Date) {
  const acceptedAt = judgePast('acceptedAt', row.acceptedAt, judge, now)
  const closedAt = judgePast('closedAt', row.closedAt, judge, now)
  const promisedAt = judge.time('promisedAt', row.promisedAt)
  const legalLimitAt = judge.time('legalLimitAt', row.legalLimitAt)
  const isClosedAtGiven = (row.closedAt?.trim() ?? '') !== ''
  if (state === 'CLOSED' && !isClosedAtGiven) {
    judge.refuse(
      'closedAt',
      'CLOSED_AT_MISSING',
      '状态为 3 已办结时，办结时间必填',
      'is required once the state is 3 (closed)',
    )
  }
  if (state !== null && state !== 'CLOSED' && isClosedAtGiven) {
    judge.refuse(
      'closedAt',
      'CLOSED_AT_BUT_OPEN',
      '状态不是 3 已办结，却填了办结时间：请改状态或清空',
      'is given although the state is not 3 (closed): correct one of them',
    )
  }
  if (acceptedAt && closedAt && closedAt < acceptedAt) {
    judge.refuse('closedAt', 'CLOSED_BEFORE_ACCEPTED', '办结时间早于受理时间', 'lies before acceptedAt')
  }
  return { acceptedAt, promisedAt, legalLimitAt, closedAt }
}

function judgePast(path: string, value: string | null | undefined, judge: RowJudge, now: Date): Date | null {
  const at = judge.time(path, value)
  if (!at || at.getTime() <= now.getTime() + clockSkewMilliseconds) return at
  return judge.refuse(
    path,
    'TIME_IN_FUTURE',
    '时间在当前时间之后，请核对来源系统的时钟',
    'lies in the future: check the clock of the source',
  )
}
