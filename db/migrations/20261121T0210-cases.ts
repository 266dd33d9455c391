import { Migration } from '@mikro-orm/migrations'

/** The directory (区划, 部门, 大厅, 窗口, 人员, 事项), accounts, policies, calendar, and the service cases with their applicants apart (办件). */
export class Cases extends Migration {
  override up() {
    this.addSql(`
      create table cases.regions (
        id uuid primary key,
        code text collate "C" not null unique check (code ~ '^([0-9]{6}|[0-9]{12})$'),
        name text not null,
        level text not null check (level in ('PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE')),
        parent_id uuid references cases.regions,
        region_path text collate "C" not null unique,
        city_code text collate "C" not null,
        is_directly_administered boolean not null default false,
        policy_id text not null
      )`)
    this.addSql(`select scope.protect('cases.regions', array[]::text[], null, true)`)
    this.addSql(`create table cases.lines (id uuid primary key, name text not null unique)`)
    this.addSql(`
      create table cases.departments (
        id uuid primary key,
        name text not null,
        kind text not null check (kind in ('GOVERNMENT', 'PARTY_BODY', 'AUTHORISED_ORGANISATION', 'PUBLIC_SERVICE_ENTERPRISE')),
        credit_code text,
        region_id uuid not null references cases.regions,
        region_path text collate "C" not null,
        line_id uuid references cases.lines,
        department_id uuid generated always as (id) stored
      )`)
    this.addSql(`create index departments_region on cases.departments (region_path)`)
    this.addSql(`select scope.protect('cases.departments', array['department_id', 'line_id'], null, true)`)
    this.addSql(`
      create table cases.halls (
        id uuid primary key,
        name text not null,
        kind text not null check (kind in ('HALL', 'STATION')),
        address text,
        region_id uuid not null references cases.regions,
        region_path text collate "C" not null,
        hall_id uuid generated always as (id) stored
      )`)
    this.addSql(`create index halls_region on cases.halls (region_path)`)
    this.addSql(`select scope.protect('cases.halls', array['hall_id'], null, true)`)
    this.addSql(`
      create table cases.windows (
        id uuid primary key,
        hall_id uuid not null references cases.halls,
        number text not null,
        name text not null,
        region_path text collate "C" not null,
        unique (hall_id, number)
      )`)
    this.addSql(`select scope.protect('cases.windows', array['hall_id'], null, true)`)
    this.addSql(`
      create table cases.staff_members (
        id uuid primary key,
        staff_number text not null,
        name text not null,
        department_id uuid not null references cases.departments,
        line_id uuid references cases.lines,
        hall_id uuid references cases.halls,
        region_path text collate "C" not null,
        unique (department_id, staff_number)
      )`)
    this.addSql(`create index staff_members_hall on cases.staff_members (hall_id, staff_number)`)
    this.addSql(`select scope.protect('cases.staff_members', array['department_id', 'line_id', 'hall_id'])`)
    this.addSql(`
      create table cases.service_matters (
        id uuid primary key,
        service_code text collate "C" not null,
        name text not null,
        department_id uuid not null references cases.departments,
        line_id uuid references cases.lines,
        region_path text collate "C" not null,
        has_fees boolean not null default false,
        involves_intermediary boolean not null default false,
        unique (department_id, service_code)
      )`)
    this.addSql(`create index service_matters_code on cases.service_matters (service_code)`)
    this.addSql(`select scope.protect('cases.service_matters', array['department_id', 'line_id'], null, true)`)

    const holder = `
        region_path text collate "C",
        department_id uuid,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid`
    this.addSql(`
      create table cases.accounts (
        id uuid primary key,
        name text not null unique,
        display_name text not null,
        role text not null,
        ${holder},
        password_hash text not null,
        must_change_password boolean not null default true,
        is_demo boolean not null default false,
        is_active boolean not null default true,
        failed_count int not null default 0,
        retry_after timestamptz,
        last_signed_in_at timestamptz
      )`)
    this.addSql(`
      create table cases.sessions (
        id uuid primary key,
        token_hash bytea not null unique,
        account_id uuid not null references cases.accounts,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz
      )`)
    this.addSql(`create index sessions_account on cases.sessions (account_id)`)
    this.addSql(`
      create table cases.api_clients (
        id uuid primary key,
        name text not null unique,
        role text not null check (role in ('INTEGRATION_CLIENT', 'FRONTEND_CLIENT', 'DEVICE')),
        source_system text check (length(source_system) <= 20),
        ${holder},
        key_hash bytea not null unique,
        is_active boolean not null default true,
        last_seen_at timestamptz
      )`)

    this.addSql(`
      create table cases.case_keys (
        city_code text collate "C" not null,
        case_number text collate "C" not null,
        case_id uuid not null,
        data_version int not null,
        primary key (city_code, case_number)
      )`)
    this.addSql(
      `comment on table cases.case_keys is 'Uniqueness of case numbers per city (decision 1): narrow, unpartitioned, no policies, read only through actions'`,
    )
    this.addSql(`create index case_keys_number on cases.case_keys (case_number)`)
    this.addSql(`
      create table cases.service_cases (
        id uuid not null,
        city_code text collate "C" not null,
        case_number text collate "C" not null,
        data_version int not null,
        state text not null check (state in ('PENDING', 'ACCEPTED', 'CLOSED')),
        handling_kind text not null check (handling_kind in ('INSTANT', 'PROMISED', 'OTHER')),
        is_valid boolean not null,
        region_id uuid not null,
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid,
        matter_id uuid not null,
        task_item_code text,
        queue_number text,
        title text,
        accepted_at timestamptz,
        promised_at timestamptz,
        legal_limit_at timestamptz,
        closed_at timestamptz,
        source_system text not null,
        reported_at timestamptz not null,
        updated_at timestamptz not null,
        primary key (id, city_code)
      ) partition by range (id)`)
    this.addSql(`create index service_cases_hall on cases.service_cases (hall_id, closed_at desc, id desc)`)
    this.addSql(`create index service_cases_department on cases.service_cases (department_id, closed_at desc, id desc)`)
    this.addSql(`create index service_cases_window on cases.service_cases (window_id, closed_at desc, id desc)`)
    this.addSql(
      `select scope.protect('cases.service_cases', array['department_id','line_id','hall_id','window_id','staff_member_id'], 'id')`,
    )
    this.addSql(`
      create table cases.case_applicants (
        case_id uuid not null,
        city_code text collate "C" not null,
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid,
        kind text not null,
        document_kind text,
        name_sealed bytea not null,
        document_sealed bytea,
        phone_sealed bytea,
        contact_name_sealed bytea,
        document_hash text,
        phone_hash text,
        phone_last_four_hash text,
        masked_name text not null,
        masked_document text,
        masked_phone text,
        primary key (case_id, city_code)
      )`)
    this.addSql(`create index case_applicants_document on cases.case_applicants (document_hash)`)
    this.addSql(`create index case_applicants_phone on cases.case_applicants (phone_hash)`)
    this.addSql(
      `select scope.protect('cases.case_applicants', array['department_id','line_id','hall_id','window_id','staff_member_id'])`,
    )
    this.addSql(`
      create table cases.case_uploads (
        id uuid primary key,
        uploader_id text not null,
        region_path text collate "C" not null,
        format text not null,
        state text not null check (state in ('RUNNING', 'DONE', 'FAILED')),
        read_count bigint not null default 0,
        accepted_count bigint not null default 0,
        unchanged_count bigint not null default 0,
        rejected_count bigint not null default 0,
        fault text,
        started_at timestamptz not null,
        finished_at timestamptz
      )`)
    this.addSql(`
      create table cases.case_upload_rejections (
        upload_id uuid not null references cases.case_uploads,
        line_number bigint not null,
        row_sealed bytea not null,
        problems jsonb not null,
        primary key (upload_id, line_number)
      )`)
    this.addSql(`
      select scope.ensure_months('cases.service_cases', date_trunc('month', now())::date, (date_trunc('month', now()) + interval '13 months')::date)`)
    this.addSql(`
      do $$ begin
        execute format('create table cases.service_cases_past partition of cases.service_cases for values from (minvalue) to (%L)',
          scope.first_id_of(date_trunc('month', now())::date));
      end $$`)
  }

  override down() {
    for (const table of [
      'case_upload_rejections',
      'case_uploads',
      'case_applicants',
      'service_cases',
      'case_keys',
      'api_clients',
      'sessions',
      'accounts',
      'service_matters',
      'staff_members',
      'windows',
      'halls',
      'departments',
      'lines',
      'regions',
    ]) {
      this.addSql(`drop table cases.${table} cascade`)
    }
  }
}
