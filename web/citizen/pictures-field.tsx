import type { CitizenWording } from './wording.ts'

/** Pictures that are taken by a form's file field. */
const accepted = 'image/jpeg,image/png,image/webp,image/avif,image/*'

/** Up to five pictures (评价图片). Without a script they travel with the form; those that the hub has already may be taken out again. */
export function PicturesField(props: { limit: number; pictures: string[]; words: CitizenWording }) {
  const { limit, pictures, words } = props
  return (
    <div class="field pictures" id="pictures" data-limit={limit}>
      <label for="picture-files">{words.pictures}</label>
      <p class="hint" id="pictures-hint">
        {words.picturesHint(limit)}
      </p>
      <ul class="kept-pictures">
        {pictures.map((id, index) => (
          <li key={id}>
            <input type="hidden" name="picture" value={id} />
            <label class="item">
              <input type="checkbox" name="removedPicture" value={id} />
              <span>{words.removePicture(index + 1)}</span>
            </label>
          </li>
        ))}
      </ul>
      {pictures.length < limit && (
        <>
          <input
            type="file"
            id="picture-files"
            name="files"
            accept={accepted}
            multiple
            aria-describedby="pictures-hint"
          />
          <label for="picture-files" class="answer add-pictures" hidden>
            {words.addPictures}
          </label>
        </>
      )}
    </div>
  )
}
