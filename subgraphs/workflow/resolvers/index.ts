import { DateTime } from '../../shared/date-time.ts'
import { Deadline } from './Deadline.ts'
import { DeadlineEvent } from './DeadlineEvent.ts'
import { Evaluation } from './Evaluation.ts'
import { acknowledgeNegativeReview } from './Mutation/acknowledgeNegativeReview.ts'
import { reportPressure } from './Mutation/reportPressure.ts'
import { NegativeReview } from './NegativeReview.ts'
import { NegativeReviewEvent } from './NegativeReviewEvent.ts'
import { OfflineOpinion, offlineOpinionMutations, offlineOpinionQueries } from './offlineOpinions.ts'
import { PressureReport } from './PressureReport.ts'
import { deadline } from './Query/deadline.ts'
import { deadlineFeed } from './Query/deadlineFeed.ts'
import { negativeReview } from './Query/negativeReview.ts'
import { negativeReviewFeed } from './Query/negativeReviewFeed.ts'
import { openNegativeReviews } from './Query/openNegativeReviews.ts'
import { pressureReports } from './Query/pressureReports.ts'
import { ServiceCase } from './ServiceCase.ts'
import { deadlines } from './Subscription/deadlines.ts'
import { negativeReviews } from './Subscription/negativeReviews.ts'

export const resolvers = {
  DateTime,
  Query: {
    negativeReview,
    deadline,
    openNegativeReviews,
    negativeReviewFeed,
    pressureReports,
    deadlineFeed,
    ...offlineOpinionQueries,
  },
  Mutation: { acknowledgeNegativeReview, reportPressure, ...offlineOpinionMutations },
  Subscription: { negativeReviews, deadlines },
  NegativeReview,
  NegativeReviewEvent,
  OfflineOpinion,
  PressureReport,
  Deadline,
  DeadlineEvent,
  Evaluation,
  ServiceCase,
}
