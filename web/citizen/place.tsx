import type { RatingFormQuery } from '../kit/generated/operations.ts'
import type { CitizenWording } from './wording.ts'

type RatedPlace = NonNullable<RatingFormQuery['ratingForm']['place']>

/** Who or what a static code stands for (静态码对象), and the id that is printed beside the code, so that anyone can compare. */
export function Place({ place, words }: { place: RatedPlace; words: CitizenWording }) {
  return (
    <dl class="subject">
      <div class="matter">
        <dt>{words.rated}</dt>
        <dd>
          {place.name}
          {place.windowNumber && <span class="at-window">　{words.atWindow(place.windowNumber)}</span>}
        </dd>
      </div>
      {place.hallName && place.hallName !== place.name && (
        <div>
          <dt>{words.hall}</dt>
          <dd>{place.hallName}</dd>
        </div>
      )}
      <div>
        <dt>{words.department}</dt>
        <dd>{place.departmentName}</dd>
      </div>
      <div>
        <dt>{words.printedId}</dt>
        <dd class="number">{place.printedId}</dd>
      </div>
    </dl>
  )
}
