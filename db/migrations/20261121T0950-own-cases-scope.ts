import { Migration } from '@mikro-orm/migrations'

const narrowing = `array['department_id','line_id','hall_id','window_id','staff_member_id']`

/** Tables that a person may read as far as they are about his own cases or ratings. */
const ownTables = [
  ['cases.service_cases', 'id', null],
  ['evaluations.rateable_cases', 'case_id', null],
  ['evaluations.evaluations', 'case_id', 'id'],
  ['evaluations.evaluation_texts', 'case_id', 'evaluation_id'],
  ['workflow.negative_reviews', 'case_id', 'evaluation_id'],
  ['workflow.deadlines', 'case_id', 'evaluation_id'],
] as const

const directoryTables = [
  ['cases.regions', `array[]::text[]`],
  ['cases.departments', `array['department_id', 'line_id']`],
  ['cases.halls', `array['hall_id']`],
  ['cases.windows', `array['hall_id']`],
  ['cases.service_matters', `array['department_id', 'line_id']`],
] as const

const quoted = (name: string | null) => (name === null ? 'null' : `'${name}'`)

/**
 * The scope of a person (本人范围): all of his cases, not one alone, and ratings of his that belong to no case. It replaces the reach `CASE`,
 * which a receipt had: a receipt is now a list of one.
 */
export class OwnCasesScope extends Migration {
  override up() {
    this.addSql(`alter table evaluations.evaluation_texts add column case_id uuid`)
    this.addSql(
      `update evaluations.evaluation_texts t set case_id = e.case_id from evaluations.evaluations e where e.id = t.evaluation_id`,
    )
    this.addSql(`alter table workflow.deadlines add column evaluation_id uuid`)
    this.addSql(
      `update workflow.deadlines d set evaluation_id = r.evaluation_id from workflow.negative_reviews r where r.id = d.negative_review_id`,
    )
    this.addSql(`alter table workflow.deadlines alter column evaluation_id set not null`)
    this.addSql(`
      create function scope.identifiers(name text) returns uuid[] language sql stable as $$
        select coalesce(array_agg(id::uuid), array[]::uuid[]) from jsonb_array_elements_text(scope.present() -> name) as id
      $$`)
    this.addSql(`drop function scope.protect(regclass, text[], text, boolean)`)
    this.addSql(`
      create function scope.protect(target regclass, narrowing text[], case_column text default null,
        evaluation_column text default null, is_directory boolean default false) returns void language plpgsql as $$
      declare
        condition text := 'region_path like (select scope.prefix())';
        own text := '';
        narrow text;
        setting text;
      begin
        foreach narrow in array narrowing loop
          setting := replace(initcap(replace(narrow, '_', ' ')), ' ', '');
          setting := lower(left(setting, 1)) || substr(setting, 2);
          -- Each (select …) is evaluated once a statement, not once a row.
          condition := condition || format(
            ' and coalesce(%1$I = (select scope.identifier(%2$L)), (select scope.identifier(%2$L)) is null)', narrow, setting);
        end loop;
        condition := format('(select scope.value(''reach'')) = ''EVERYTHING'' or ((select scope.value(''reach'')) = ''REGION'' and %s)', condition);
        if case_column is not null then
          own := format('%I = any ((select scope.identifiers(''caseIds''))::uuid[])', case_column);
        end if;
        if evaluation_column is not null then
          own := concat_ws(' or ', nullif(own, ''), format('%I = any ((select scope.identifiers(''evaluationIds''))::uuid[])', evaluation_column));
        end if;
        if own <> '' then
          condition := condition || format(' or ((select scope.value(''reach'')) = ''CASES'' and (%s))', own);
        end if;
        if is_directory then
          -- Whoever follows his own cases may read the names of the places that they name.
          condition := condition || ' or (select scope.value(''reach'')) = ''CASES''';
        end if;
        execute format('alter table %s enable row level security', target);
        execute format('drop policy if exists in_scope on %s', target);
        execute format('create policy in_scope on %s using (%s) with check (%s)', target, condition, condition);
      end $$`)
    for (const [table, caseColumn, evaluationColumn] of ownTables) {
      this.addSql(`select scope.protect('${table}', ${narrowing}, ${quoted(caseColumn)}, ${quoted(evaluationColumn)})`)
    }
    for (const [table, columns] of directoryTables) {
      this.addSql(`select scope.protect('${table}', ${columns}, null, null, true)`)
    }
  }
}
