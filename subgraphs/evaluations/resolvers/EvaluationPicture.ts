import type { EvaluationsContext } from '../context.ts'
import { type PictureSize, pictureAddress } from '../pictures/picture-address.ts'
import type { RatingPicture } from '../store/rating-parts.ts'

// Path and query alone: the page of a citizen and the desk of an office may reach the hub by different hosts.
const addressed =
  (size: PictureSize) =>
  ({ id }: RatingPicture, _: unknown, { now, crypto }: EvaluationsContext) =>
    pictureAddress({ pictureId: id, size }, now(), crypto.codeMac)

export const EvaluationPicture = { url: addressed('FULL'), thumbnailUrl: addressed('THUMBNAIL') }
