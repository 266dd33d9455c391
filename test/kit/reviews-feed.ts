/** The subscription of a wall, in the shape that fault tests need: which rating, in which order. */
export const reviewsFeed = {
  query: `subscription Reviews($after: String) {
    negativeReviews(after: $after) { epoch position previousPosition kind negativeReview { id evaluation { id } } }
  }`,
  field: 'negativeReviews',
}

export type ReviewEvent = {
  epoch: string
  position: string
  previousPosition: string
  kind: string
  negativeReview: { id: string; evaluation: { id: string } }
}

/** Ids of the ratings that a wall has been told of, in its order. */
export const ratingsOf = ({ events }: { events: ReviewEvent[] }) =>
  events.map(({ negativeReview }) => negativeReview.evaluation.id)

/** Ids of the reviews that a wall has been told of. */
export const reviewsOf = ({ events }: { events: ReviewEvent[] }) =>
  events.map(({ negativeReview }) => negativeReview.id)
