import type pg from 'pg'

/** Faults of what is in the database after a run: every acknowledged rating must be there once, and so must its event. */
export async function storedRatingFaults(owner: pg.Pool, caseNumbers: string[]): Promise<string[]> {
  const { rows } = await owner.query<{ ratings: string; events: string }>(
    `with rated as (
       select e.id from evaluations.rateable_cases c join evaluations.evaluations e on e.case_id = c.case_id
       where c.case_number = any($1)
     )
     select (select count(*) from rated) as ratings,
       (select count(*) from evaluations.outbox o where o.type = 'EvaluationSubmitted'
          and o.payload ->> 'evaluationId' in (select id::text from rated)) as events`,
    [caseNumbers],
  )
  const { ratings, events } = rows[0]!
  const expected = String(caseNumbers.length)
  return [
    ...(ratings === expected ? [] : [`${ratings} ratings are stored instead of ${expected}`]),
    ...(events === expected ? [] : [`${events} events are stored instead of ${expected}`]),
  ]
}
