import { uploadColumns } from './upload-columns.ts'

/** The fields of `CaseReportInput` of the graph, in the order of its schema. */
const fields = [
  'caseNumber',
  'dataVersion',
  'regionCode',
  'serviceCode',
  'taskItemCode',
  'hall',
  'windowNumber',
  'staffNumber',
  'queueNumber',
  'state',
  'handlingKind',
  'applicantKind',
  'applicantName',
  'documentKind',
  'documentNumber',
  'contactName',
  'contactPhone',
  'acceptedAt',
  'promisedAt',
  'legalLimitAt',
  'closedAt',
  'dataState',
  'title',
  'outcome',
  'mergedInto',
] as const

/**
 * Other names under which sources send a field: those of the exchange and front tables (PRE_APASINFO, PRE_ACCEPT), of the national
 * reporting interface, and the Chinese terms.
 */
const otherNames: Partial<Record<(typeof fields)[number], string[]>> = {
  caseNumber: ['PROJID', 'projectNo', '办件编号', '申报号'],
  dataVersion: ['DATAVER', '数据版本'],
  regionCode: ['AREACODE', '区划代码'],
  serviceCode: ['SERVICE_CODE', 'taskCode', '事项编码'],
  taskItemCode: ['TASKHANDLEITEM', '业务办理项编码'],
  hall: ['政务大厅', '大厅'],
  windowNumber: ['窗口号'],
  staffNumber: ['proManagerNo', '工号'],
  queueNumber: ['排队号'],
  state: ['proStatus', '办件状态'],
  handlingKind: ['projectType', '办件类型'],
  applicantKind: ['userProp', '申请人类型'],
  applicantName: ['APPLYNAME', 'userName', '申请人', '申请人姓名'],
  documentKind: ['APPLY_CARDTYPE', 'userPageType', '证件类型'],
  documentNumber: ['APPLY_CARDNUMBER', '证件号码'],
  contactName: ['CONTACTMAN', '联系人'],
  contactPhone: ['TELPHONE', 'mobile', '联系电话'],
  acceptedAt: ['ACCEPT_TIME', 'acceptDate', '受理时间'],
  promisedAt: ['PROMISE_ETIME', '承诺办结时间'],
  legalLimitAt: ['法定办结时间'],
  closedAt: ['resultDate', '办结时间', '实际办结时间'],
  dataState: ['DATASTATE', '数据状态'],
  title: ['PROJECTNAME', '办件名称'],
  outcome: ['办结方式'],
  mergedInto: ['并入办件编号', '并入'],
}

/** The columns of a file of cases (办件文件). */
export const caseColumns = uploadColumns({
  fields,
  needed: ['caseNumber', 'regionCode', 'serviceCode', 'state', 'applicantName'],
  otherNames,
  numbers: {
    dataVersion: {
      path: 'dataVersion',
      code: 'DATA_VERSION_OUT_OF_RANGE',
      message: '数据版本应为从 1 起的整数',
      messageEnglish: 'must be a whole number from 1',
    },
  },
})
