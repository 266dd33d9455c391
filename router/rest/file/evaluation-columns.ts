import { handedOverFields, neededHandedOverFields } from '../../../subgraphs/shared/hand-over/handed-over-row.ts'
import { uploadColumns } from './upload-columns.ts'

/** The columns of a file of handed-over ratings (移交评价文件); other names are those of the exchange table and the Chinese terms. */
export const evaluationColumns = uploadColumns({
  fields: handedOverFields,
  needed: neededHandedOverFields,
  otherNames: {
    sourceRatingId: ['UNID', '来源评价编号', '评价编号'],
    caseNumber: ['PROJID', 'projectNo', '办件编号', '申报号'],
    serviceNumber: ['服务序号'],
    round: ['EVALUTE_COUNT', 'EVALUATE_COUNT', 'assessNumber', '评价次数'],
    level: ['SATISFACTION_EVALUATE', 'satisfaction', '满意度'],
    items: ['EVALUATE_DETAIL', 'evalDetail', '测评内容'],
    text: ['EVALUATE_CONTENT', 'writingEvaluation', '评价内容', '文字评价'],
    channel: ['EVALUATE_FORM', 'pf', '评价渠道'],
    evaluatedAt: ['EVALUATE_TIME', 'assessTime', '评价时间'],
    evaluatorName: ['EVALUATOR_NAME', 'name', '评价人'],
    evaluatorPhone: ['EVALUATOR_PHONE', 'mobile', '评价人电话'],
    applicantKind: ['USER_TYPE', 'userProp', '申请人类型'],
    handlingKind: ['projectType', '办件类型'],
    isPublic: ['IS_OPENED', '是否公开'],
    isAnonymous: ['IS_ANONYMITY', '是否匿名'],
    environment: ['WORK_ATTITUDE_EVALUATE', '办事环境'],
    environmentReason: ['WORK_ATTITUDE_REASON', '环境差的原因'],
    attitude: ['SERVICE_ATTITUDE_EVALUATE', '服务态度'],
    attitudeReason: ['SERVICE_ATTITUDE_REASON', '态度差的原因'],
    isOvercharged: ['IS_OVERCHARGE', '是否违规收费'],
    isIntermediaryForced: ['IS_MEDIATION', '是否强制中介'],
  },
})
