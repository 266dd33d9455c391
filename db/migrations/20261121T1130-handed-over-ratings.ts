import { Migration } from '@mikro-orm/migrations'

const identifiedBy = 'evaluation_people_identified_by_check'

/** Takes a value into the check of `identified_by`, or out of it, whatever other values earlier migrations have put there. */
const changeIdentifications = (from: string, to: string) => `
      do $$ declare
        definition text := (select pg_get_constraintdef(oid) from pg_constraint
          where conname = '${identifiedBy}' and conrelid = 'evaluations.evaluation_people'::regclass);
      begin
        alter table evaluations.evaluation_people drop constraint ${identifiedBy};
        execute 'alter table evaluations.evaluation_people add constraint ${identifiedBy} ' || replace(definition, '${from}', '${to}');
      end $$`
const others = 'ARRAY['
const withHandedOver = `ARRAY[''HANDED_OVER''::text, `

const uploadCounts = `
        read_count bigint not null default 0,
        accepted_count bigint not null default 0,
        unchanged_count bigint not null default 0,
        rejected_count bigint not null default 0`

/** Ratings from other platforms (其他平台移交), how each source is read (映射档案), their bulk uploads, and offline opinions (线下意见). */
export class HandedOverRatings extends Migration {
  override up() {
    this.addSql(`
      create table exchange.source_profiles (
        source_system text collate "C" not null,
        version int not null check (version >= 1),
        state text not null check (state in ('DRAFT', 'TESTED', 'ACTIVE', 'RETIRED')),
        region_path text collate "C" not null,
        mapping jsonb not null,
        samples jsonb not null default '[]',
        saved_at timestamptz not null,
        saved_by_name text not null,
        tested_at timestamptz,
        activated_at timestamptz,
        primary key (source_system, version),
        check (state = 'DRAFT' or tested_at is not null)
      )`)
    this.addSql(
      `comment on table exchange.source_profiles is 'How the ratings of a source system are read (映射档案): level direction and code maps, by version; only one that passed its contract test may hold'`,
    )
    this.addSql(
      `create unique index source_profiles_active on exchange.source_profiles (source_system) where state = 'ACTIVE'`,
    )
    this.addSql(`select scope.protect('exchange.source_profiles', array[]::text[])`)

    this.addSql(changeIdentifications(others, withHandedOver))
    this.addSql(`alter table evaluations.evaluations add column source_system text, add column source_rating_id text`)
    this.addSql(
      `comment on column evaluations.evaluations.source_system is 'The other platform that handed it over (来源系统); null for ratings given here'`,
    )
    this.addSql(`
      create table evaluations.handed_over_keys (
        source_system text collate "C" not null,
        source_rating_id text collate "C" not null,
        evaluation_id uuid not null,
        subject_id uuid not null,
        service_number smallint not null,
        round smallint not null,
        content_hash text not null,
        primary key (source_system, source_rating_id)
      )`)
    this.addSql(
      `comment on table evaluations.handed_over_keys is 'Each rating of a source is taken once (来源评价编号): narrow and without policies, since the ratings lie in monthly parts'`,
    )
    this.addSql(`
      create table evaluations.evaluation_uploads (
        id uuid primary key,
        uploader_id text not null,
        region_path text collate "C" not null,
        format text not null,
        state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
        ${uploadCounts},
        taken_batches int not null default 0,
        fault text,
        started_at timestamptz not null,
        touched_at timestamptz,
        finished_at timestamptz
      )`)
    this.addSql(`
      create table evaluations.evaluation_upload_rejections (
        upload_id uuid not null references evaluations.evaluation_uploads,
        line_number bigint not null,
        row_sealed bytea not null,
        problems jsonb not null,
        primary key (upload_id, line_number)
      )`)
    this.addSql(`
      alter table cases.case_uploads
        add column taken_batches int not null default 0,
        add column touched_at timestamptz`)
    for (const table of ['evaluations.evaluation_uploads', 'cases.case_uploads']) {
      this.addSql(
        `comment on table ${table} is 'Bulk uploads (批量上传); taken_batches tells a repeated batch from the next one'`,
      )
      const name = table.split('.')[1]
      this.addSql(`create index ${name}_running on ${table} (coalesce(touched_at, started_at)) where state = 'RUNNING'`)
    }

    this.addSql(`
      create table workflow.offline_opinions (
        id uuid primary key,
        opinion_number text collate "C" not null unique,
        source text not null check (source in ('OPINION_BOX', 'FORUM', 'OPEN_DAY', 'SUPERVISOR')),
        state text not null check (state in ('RECEIVED', 'ANSWERED', 'CLOSED')),
        received_on date not null,
        body text not null,
        evidence text,
        contact_sealed bytea,
        recorded_at timestamptz not null,
        recorded_by_id text not null,
        recorded_by_name text not null,
        settled_at timestamptz,
        settled_by_name text,
        settlement text,
        region_path text collate "C" not null,
        department_id uuid,
        line_id uuid,
        hall_id uuid,
        check ((state = 'RECEIVED') = (settled_at is null))
      )`)
    this.addSql(
      `comment on table workflow.offline_opinions is 'Opinions given off line (线下意见: 意见箱、座谈会、开放日、监督员): no ratings, and in no rating figure'`,
    )
    this.addSql(`create sequence workflow.offline_opinion_numbers`)
    this.addSql(`select scope.protect('workflow.offline_opinions', array['department_id','line_id','hall_id'])`)
  }

  override down() {
    this.addSql(`drop table workflow.offline_opinions`)
    this.addSql(`drop sequence workflow.offline_opinion_numbers`)
    this.addSql(`alter table cases.case_uploads drop column taken_batches, drop column touched_at`)
    for (const table of ['evaluation_upload_rejections', 'evaluation_uploads', 'handed_over_keys']) {
      this.addSql(`drop table evaluations.${table}`)
    }
    this.addSql(`alter table evaluations.evaluations drop column source_system, drop column source_rating_id`)
    this.addSql(
      `update evaluations.evaluation_people set identified_by = 'NOT_IDENTIFIED' where identified_by = 'HANDED_OVER'`,
    )
    this.addSql(changeIdentifications(withHandedOver, others))
    this.addSql(`drop table exchange.source_profiles`)
  }
}
