import { DateTime } from '../../shared/date-time.ts'
import { CallBack } from './CallBack.ts'
import { CallerCase } from './CallerCase.ts'
import { DefaultEvaluation, defaultEvaluations } from './DefaultEvaluation.ts'
import { Device } from './Device.ts'
import { Evaluation } from './Evaluation.ts'
import { EvaluationItem } from './EvaluationItem.ts'
import { EvaluationPicture } from './EvaluationPicture.ts'
import { EvaluationSupplement } from './EvaluationSupplement.ts'
import { EvaluationValidity } from './EvaluationValidity.ts'
import { endSmsInvitation } from './endSmsInvitation.ts'
import { evaluationUploadMutations, evaluationUploadQueries } from './evaluationUploads.ts'
import { findOwnCases } from './findOwnCases.ts'
import { followUpMutations, followUpQueries } from './followUp.ts'
import { Hall } from './Hall.ts'
import { IntegritySignal } from './IntegritySignal.ts'
import { integrityMutations, integrityQueries } from './integrity.ts'
import { issueRatingCode } from './issueRatingCode.ts'
import { keepPicture } from './keepPicture.ts'
import { LinkCandidate } from './LinkCandidate.ts'
import { PhoneInvitation } from './PhoneInvitation.ts'
import { phoneMutations, phoneQueries } from './phoneRatings.ts'
import { pictureBytes } from './pictureBytes.ts'
import { proveSmsRating } from './proveSmsRating.ts'
import { Query } from './Query.ts'
import { RatingCode } from './RatingCode.ts'
import { RatingFormLevel } from './RatingFormLevel.ts'
import { recordManualWake } from './recordManualWake.ts'
import { registerDeviceSigningKey } from './registerDeviceSigningKey.ts'
import { ServiceCase } from './ServiceCase.ts'
import { StaffMember } from './StaffMember.ts'
import { StaticCode } from './StaticCode.ts'
import { staticCodeMutations } from './staticCodeMutations.ts'
import { staticCodeQueries } from './staticCodeQueries.ts'
import { submitDeviceEvaluations } from './submitDeviceEvaluations.ts'
import { submitEvaluation } from './submitEvaluation.ts'
import { submitEvaluations } from './submitEvaluations.ts'
import { takeSmsReply } from './takeSmsReply.ts'

export const resolvers = {
  DateTime,
  Device,
  Query: {
    ...Query,
    ...evaluationUploadQueries,
    ...staticCodeQueries,
    ...followUpQueries,
    ...phoneQueries,
    ...integrityQueries,
    defaultEvaluations,
    pictureBytes,
  },
  Mutation: {
    endSmsInvitation,
    findOwnCases,
    issueRatingCode,
    keepPicture,
    proveSmsRating,
    recordManualWake,
    registerDeviceSigningKey,
    submitDeviceEvaluations,
    submitEvaluation,
    submitEvaluations,
    takeSmsReply,
    ...followUpMutations,
    ...phoneMutations,
    ...integrityMutations,
    ...staticCodeMutations,
    ...evaluationUploadMutations,
  },
  CallBack,
  CallerCase,
  DefaultEvaluation,
  Evaluation,
  EvaluationItem,
  EvaluationPicture,
  EvaluationSupplement,
  EvaluationValidity,
  Hall,
  IntegritySignal,
  LinkCandidate,
  PhoneInvitation,
  RatingCode,
  RatingFormLevel,
  ServiceCase,
  StaffMember,
  StaticCode,
}
