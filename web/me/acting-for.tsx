import type { MeQuery } from '../kit/generated/operations.ts'
import type { MeWording } from './wording.ts'

/** For whom a person acts (办事身份): a band while it is an organisation, and the switch for whoever has a mandate. */
export function ActingFor({ viewer, words }: { viewer: NonNullable<MeQuery['viewer']>; words: MeWording }) {
  const { actingFor } = viewer
  const others = viewer.mandates.filter(({ id }) => id !== actingFor?.id)
  return (
    <>
      {actingFor && (
        <div class="acting-for" role="note">
          <p>
            <strong>{words.actingFor(actingFor.organisationName)}</strong>
          </p>
          <p>{words.actingForHint}</p>
          <form method="post" action="/me/act-for">
            <button type="submit" class="plain">
              {words.actForSelf}
            </button>
          </form>
        </div>
      )}
      {others.length > 0 && (
        <section class="mandates">
          <h2>{words.actForTitle}</h2>
          {others.map(({ id, organisationName, validUntil }) => (
            <form method="post" action="/me/act-for" key={id}>
              <input type="hidden" name="mandateId" value={id} />
              <button type="submit" class="plain">
                <span>
                  {words.actFor(organisationName)} <small>{words.mandateUntil(validUntil)}</small>
                </span>
              </button>
            </form>
          ))}
        </section>
      )}
    </>
  )
}
