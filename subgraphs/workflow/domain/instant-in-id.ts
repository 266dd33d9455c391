import { startOfHour } from '../../shared/anonymity.ts'

/** An id tells its millisecond to whoever can read it, so those of an anonymous rating's review and clock tell only the hour. */
export function instantInId({ isAnonymous }: { isAnonymous: boolean }, ratedAt: Date): number {
  return (isAnonymous ? startOfHour(ratedAt) : ratedAt).getTime()
}
