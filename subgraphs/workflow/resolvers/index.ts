import { DateTime } from '../../shared/date-time.ts'
import { acknowledgeNegativeReview } from './acknowledgeNegativeReview.ts'
import { Deadline, deadline } from './Deadline.ts'
import { DeadlineEvent } from './DeadlineEvent.ts'
import { deadlineFeed } from './deadlineFeed.ts'
import { deadlines } from './deadlines.ts'
import { Evaluation } from './Evaluation.ts'
import { NegativeReview, negativeReview } from './NegativeReview.ts'
import { NegativeReviewEvent } from './NegativeReviewEvent.ts'
import { negativeReviewFeed } from './negativeReviewFeed.ts'
import { negativeReviews } from './negativeReviews.ts'
import { openNegativeReviews } from './openNegativeReviews.ts'
import { ServiceCase } from './ServiceCase.ts'

export const resolvers = {
  DateTime,
  Query: { negativeReview, deadline, openNegativeReviews, negativeReviewFeed, deadlineFeed },
  Mutation: { acknowledgeNegativeReview },
  Subscription: { negativeReviews, deadlines },
  NegativeReview,
  NegativeReviewEvent,
  Deadline,
  DeadlineEvent,
  Evaluation,
  ServiceCase,
}
