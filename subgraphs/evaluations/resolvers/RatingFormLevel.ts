import type { RatingFormLevel as Level } from '../domain/rating-form.ts'

export const RatingFormLevel = {
  level: ({ rating }: Level) => rating.name,
  score: ({ rating }: Level) => rating.level,
  label: ({ rating }: Level) => rating.zh,
  labelEnglish: ({ rating }: Level) => rating.en,
  face: ({ rating }: Level) => rating.face,
}
