import { Migration } from '@mikro-orm/migrations'

const subgraphs = ['cases', 'evaluations', 'workflow', 'exchange']

/**
 * One schema per subgraph, each with an outbox and an inbox, and the functions of row-level security (decisions 2, 3, 8).
 * `scope.protect` puts the same policy on every table: a row is visible when its region path lies under the scope's and whatever else the scope names agrees.
 */
export class ScopeAndOutbox extends Migration {
  override up() {
    this.addSql(`create schema scope`)
    this.addSql(`
      create function scope.present() returns jsonb language plpgsql stable as $$
      declare setting text := current_setting('hub.scope', true);
      begin
        -- After COMMIT a pooled connection reads the setting as '' and would silently see nothing.
        if setting is null or setting = '' then
          raise exception 'no scope is set in this transaction' using errcode = 'insufficient_privilege', hint = 'run it in inScope()';
        end if;
        return setting::jsonb;
      end $$`)
    this.addSql(`
      create function scope.value(name text) returns text language sql stable as $$ select scope.present() ->> name $$`)
    this.addSql(`
      create function scope.identifier(name text) returns uuid language sql stable as $$ select (scope.present() ->> name)::uuid $$`)
    this.addSql(`
      create function scope.prefix() returns text language sql stable as $$ select scope.present() ->> 'regionPath' || '%' $$`)
    this.addSql(`
      create function scope.protect(target regclass, narrowing text[], case_column text default null, is_directory boolean default false) returns void language plpgsql as $$
      declare
        condition text := 'region_path like (select scope.prefix())';
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
          condition := condition || format(
            ' or ((select scope.value(''reach'')) = ''CASE'' and %I = (select scope.identifier(''caseId'')))', case_column);
        end if;
        if is_directory then
          -- Whoever follows one case by his receipt may read the names of the places that it names.
          condition := condition || ' or (select scope.value(''reach'')) = ''CASE''';
        end if;
        execute format('alter table %s enable row level security', target);
        execute format('create policy in_scope on %s using (%s) with check (%s)', target, condition, condition);
      end $$`)
    this.addSql(`
      create function scope.first_id_of(month date) returns uuid language sql immutable as $$
        -- The smallest UUIDv7 of a month: 48 bits of milliseconds, the rest zero. Ids carry their time, so months are ranges of ids.
        select (lpad(to_hex((extract(epoch from month::timestamp at time zone 'UTC') * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
      $$`)
    this.addSql(`
      create function scope.ensure_months(target regclass, first_month date, last_month date) returns void language plpgsql as $$
      declare
        month date := first_month;
        part text;
        base text := (select relname from pg_class where oid = target);
        home text := (select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = target);
      begin
        while month <= last_month loop
          part := base || '_' || to_char(month, 'YYYYMM');
          if to_regclass(format('%I.%I', home, part)) is null then
            execute format('create table %I.%I partition of %s for values from (%L) to (%L)', home, part, target,
              scope.first_id_of(month), scope.first_id_of((month + interval '1 month')::date));
          end if;
          month := (month + interval '1 month')::date;
        end loop;
      end $$`)
    for (const schema of subgraphs) {
      this.addSql(`create schema ${schema}`)
      this.addSql(`
        create table ${schema}.outbox (
          seq bigint generated always as identity primary key,
          id uuid not null unique,
          position bigint unique,
          feed text,
          type text not null,
          subject_id uuid not null,
          payload jsonb not null,
          occurred_at timestamptz not null,
          region_path text collate "C" not null,
          department_id uuid,
          line_id uuid,
          hall_id uuid,
          window_id uuid,
          staff_member_id uuid
        )`)
      this.addSql(
        `comment on table ${schema}.outbox is 'Facts of this subgraph (发件箱): committed with their rows, positions stamped after commit by one relay'`,
      )
      this.addSql(`create index outbox_unstamped on ${schema}.outbox (seq) where position is null`)
      this.addSql(`create index outbox_feed on ${schema}.outbox (feed, position) where feed is not null`)
      this.addSql(`create index outbox_feed_hall on ${schema}.outbox (feed, hall_id, position) where feed is not null`)
      this.addSql(
        `create index outbox_feed_window on ${schema}.outbox (feed, window_id, position) where feed is not null`,
      )
      this.addSql(
        `select scope.protect('${schema}.outbox', array['department_id','line_id','hall_id','window_id','staff_member_id'])`,
      )
      this.addSql(`
        create table ${schema}.outbox_head (
          only_row boolean primary key default true check (only_row),
          epoch uuid not null default gen_random_uuid(),
          position bigint not null default 0
        )`)
      this.addSql(`insert into ${schema}.outbox_head default values`)
      this.addSql(`
        create function ${schema}.wake_relay() returns trigger language plpgsql as $$
        begin perform pg_notify('${schema}_outbox', ''); return null; end $$`)
      this.addSql(
        `create trigger wake_relay after insert on ${schema}.outbox for each statement execute function ${schema}.wake_relay()`,
      )
      this.addSql(`
        create table ${schema}.inbox (
          consumer text not null,
          source text not null,
          epoch text not null,
          position bigint not null,
          primary key (consumer, source)
        )`)
      this.addSql(
        `comment on table ${schema}.inbox is 'How far each consumer has applied another subgraph''s facts (收件箱)'`,
      )
      this.addSql(`
        create table ${schema}.inbox_parked (
          consumer text not null,
          source text not null,
          event_id uuid not null,
          position bigint not null,
          fault text not null,
          parked_at timestamptz not null default now(),
          primary key (consumer, event_id)
        )`)
    }
  }

  override down() {
    for (const schema of subgraphs) this.addSql(`drop schema ${schema} cascade`)
    this.addSql(`drop schema scope cascade`)
  }
}
