import { DateTime } from '../../shared/date-time.ts'
import { Evaluation } from './Evaluation.ts'
import { EvaluationItem } from './EvaluationItem.ts'
import { issueRatingCode } from './issueRatingCode.ts'
import { Query } from './Query.ts'
import { RatingCode } from './RatingCode.ts'
import { RatingFormLevel } from './RatingFormLevel.ts'
import { ServiceCase } from './ServiceCase.ts'
import { submitEvaluation } from './submitEvaluation.ts'

export const resolvers = {
  DateTime,
  Query,
  Mutation: { issueRatingCode, submitEvaluation },
  Evaluation,
  EvaluationItem,
  RatingCode,
  RatingFormLevel,
  ServiceCase,
}
