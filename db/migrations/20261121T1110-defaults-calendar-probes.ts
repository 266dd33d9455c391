import { Migration } from '@mikro-orm/migrations'

const subject = `
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid`
const narrowing = `array['department_id','line_id','hall_id','window_id','staff_member_id']`

const probedTables = [
  'cases.service_cases',
  'evaluations.rateable_cases',
  'evaluations.evaluations',
  'workflow.negative_reviews',
]

/** Default ratings of the silent (默认评价), the official calendar (工作日历), clocks that wait for it, and probes outside all figures (探测办件). */
export class DefaultsCalendarProbes extends Migration {
  override up() {
    this.addSql(`
      create table evaluations.default_limits (
        id uuid primary key,
        policy_id text not null,
        policy_version int not null,
        base_event text not null check (base_event in ('SERVICE', 'CLOSING', 'CREATION')),
        base_day date not null,
        level smallint not null check (level between 1 and 5),
        ends_at timestamptz not null,
        explanation jsonb not null
      )`)
    this.addSql(
      `comment on table evaluations.default_limits is 'How days of silence were counted (静默期), once for all cases of a day; the id is made of the content, so a later calendar or policy rewrites none'`,
    )
    this.addSql(`
      create table evaluations.default_dues (
        case_id uuid not null,
        service_number smallint not null,
        due_at timestamptz,
        limit_id uuid references evaluations.default_limits,
        base_at timestamptz not null,
        primary key (case_id, service_number),
        check ((due_at is null) = (limit_id is null))
      )`)
    this.addSql(
      `comment on table evaluations.default_dues is 'Silent services and when their default is due (待生成默认评价): narrow, no policies, emptied by the sweep. Null while the calendar does not reach so far'`,
    )
    this.addSql(
      `create index default_dues_due on evaluations.default_dues (due_at, case_id, service_number) where due_at is not null`,
    )
    this.addSql(`create index default_dues_waiting on evaluations.default_dues (case_id) where due_at is null`)
    this.addSql(`
      create table evaluations.default_evaluations (
        case_id uuid not null,
        service_number smallint not null,
        city_code text collate "C" not null,
        level smallint not null check (level between 1 and 5),
        base_at timestamptz not null,
        due_at timestamptz not null,
        made_at timestamptz not null,
        limit_id uuid not null,
        ${subject},
        primary key (case_id, service_number, city_code)
      )`)
    this.addSql(
      `comment on table evaluations.default_evaluations is 'Default ratings (默认评价), one a service, apart from what people said; insert-only. A real rating, however late, replaces it by its key in evaluation_keys'`,
    )
    for (const column of ['hall_id', 'department_id']) {
      this.addSql(
        `create index default_evaluations_${column} on evaluations.default_evaluations (${column}, case_id desc)`,
      )
    }
    this.addSql(`select scope.protect('evaluations.default_evaluations', ${narrowing}, 'case_id')`)

    this.addSql(`
      create table cases.calendar_years (
        year int not null check (year between 1992 and 2099),
        version int not null check (version >= 1),
        source text not null,
        saved_at timestamptz not null,
        saved_by_id uuid,
        saved_by_name text not null,
        primary key (year, version)
      )`)
    this.addSql(
      `comment on table cases.calendar_years is 'Versions of each year''s official arrangement (放假安排); the latest holds, earlier ones are kept'`,
    )
    this.addSql(`
      create table cases.calendar_days (
        year int not null,
        version int not null,
        day date not null,
        is_workday boolean not null,
        name_zh text not null,
        name_en text not null,
        primary key (year, version, day),
        foreign key (year, version) references cases.calendar_years
      )`)
    this.addSql(
      `comment on table cases.calendar_days is 'Days that the arrangement names: holidays and make-up working days; all others follow the week, in years that have an arrangement'`,
    )
    this.addSql(`
      create table workflow.waiting_clocks (
        negative_review_id uuid primary key references workflow.negative_reviews
      )`)
    this.addSql(
      `comment on table workflow.waiting_clocks is 'Reviews whose verification clock cannot be computed until a year''s arrangement is entered (待定时限)'`,
    )
    for (const table of probedTables)
      this.addSql(`alter table ${table} add column is_probe boolean not null default false`)
  }

  override down() {
    for (const table of probedTables) this.addSql(`alter table ${table} drop column is_probe`)
    for (const table of [
      'workflow.waiting_clocks',
      'cases.calendar_days',
      'cases.calendar_years',
      'evaluations.default_evaluations',
      'evaluations.default_dues',
      'evaluations.default_limits',
    ]) {
      this.addSql(`drop table ${table}`)
    }
  }
}
