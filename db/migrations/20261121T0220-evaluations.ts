import { Migration } from '@mikro-orm/migrations'

/** Rateable cases (a projection), rating codes, and the ratings themselves: insert-only, texts and people apart (评价). */
export class Evaluations extends Migration {
  override up() {
    const subject = `
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid`
    const narrowing = `array['department_id','line_id','hall_id','window_id','staff_member_id']`
    this.addSql(`
      create table evaluations.rateable_cases (
        case_id uuid primary key,
        city_code text collate "C" not null,
        case_number text collate "C" not null,
        data_version int not null,
        is_valid boolean not null,
        state text not null,
        accepted_at timestamptz,
        closed_at timestamptz,
        reported_at timestamptz not null,
        policy_id text not null,
        matter_id uuid not null,
        matter_name text not null,
        department_name text not null,
        hall_name text,
        window_number text,
        staff_number text,
        staff_name text,
        phone_last_four_hash text,
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.rateable_cases is 'What ratings must know of a case (可评价办件): kept from the facts of the cases subgraph, so that submitting needs evaluations alone'`,
    )
    this.addSql(`create index rateable_cases_number on evaluations.rateable_cases (case_number)`)
    this.addSql(`select scope.protect('evaluations.rateable_cases', ${narrowing}, 'case_id')`)
    this.addSql(`
      create table evaluations.case_codes (
        handle bytea primary key check (length(handle) = 6),
        case_id uuid not null,
        service_number smallint not null check (service_number between 1 and 99),
        unique (case_id, service_number)
      )`)
    this.addSql(`
      create table evaluations.code_points (
        handle bytea not null references evaluations.case_codes,
        point int not null check (point between 0 and 65535),
        staff_number text,
        staff_name text,
        window_number text,
        hall_name text,
        department_name text not null,
        ${subject},
        issued_at timestamptz not null,
        primary key (handle, point)
      )`)
    this.addSql(
      `comment on table evaluations.code_points is 'Who served at which window when a code was made: a rating stays with him after a re-assignment'`,
    )
    this.addSql(`
      create table evaluations.evaluation_keys (
        city_code text collate "C" not null,
        case_id uuid not null,
        service_number smallint not null,
        round smallint not null check (round in (1, 2)),
        evaluation_id uuid not null,
        content_hash text not null,
        receipt_key_id text not null,
        primary key (city_code, case_id, service_number, round)
      )`)
    this.addSql(`
      create table evaluations.evaluations (
        id uuid not null,
        city_code text collate "C" not null,
        case_id uuid,
        service_number smallint not null,
        round smallint not null,
        level smallint not null check (level between 1 and 5),
        channel smallint not null check (channel between 1 and 7),
        item_edition smallint not null,
        items text[] not null,
        is_public boolean not null,
        is_anonymous boolean not null,
        evaluated_at timestamptz not null,
        matter_id uuid,
        ${subject},
        primary key (id, city_code)
      ) partition by range (id)`)
    this.addSql(`create index evaluations_case on evaluations.evaluations (case_id)`)
    this.addSql(`create index evaluations_hall on evaluations.evaluations (hall_id, id desc)`)
    this.addSql(`create index evaluations_department on evaluations.evaluations (department_id, id desc)`)
    this.addSql(`select scope.protect('evaluations.evaluations', ${narrowing}, 'case_id')`)
    this.addSql(`
      create table evaluations.evaluation_texts (
        evaluation_id uuid primary key,
        city_code text collate "C" not null,
        body text not null,
        is_suspected_personal boolean not null,
        ${subject}
      )`)
    this.addSql(`select scope.protect('evaluations.evaluation_texts', ${narrowing})`)
    this.addSql(`
      create table evaluations.evaluation_people (
        evaluation_id uuid primary key,
        city_code text collate "C" not null,
        identified_by text not null check (identified_by in ('SCREEN_CODE', 'PHONE_LAST_FOUR', 'DEVICE')),
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.evaluation_people is 'Who rated and how he was identified (评价人), apart from the rating so that it can be erased'`,
    )
    this.addSql(`select scope.protect('evaluations.evaluation_people', ${narrowing})`)
    this.addSql(`
      create table evaluations.evaluation_receipts (
        receipt_hash text primary key,
        evaluation_id uuid not null
      )`)
    this.addSql(`
      select scope.ensure_months('evaluations.evaluations', date_trunc('month', now())::date, (date_trunc('month', now()) + interval '13 months')::date)`)
    this.addSql(`
      do $$ begin
        execute format('create table evaluations.evaluations_past partition of evaluations.evaluations for values from (minvalue) to (%L)',
          scope.first_id_of(date_trunc('month', now())::date));
      end $$`)
  }

  override down() {
    for (const table of [
      'evaluation_receipts',
      'evaluation_people',
      'evaluation_texts',
      'evaluations',
      'evaluation_keys',
      'code_points',
      'case_codes',
      'rateable_cases',
    ]) {
      this.addSql(`drop table evaluations.${table} cascade`)
    }
  }
}
