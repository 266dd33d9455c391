import { Migration } from '@mikro-orm/migrations'

/** How a case ended (办结方式), the device ledger (设备台账), citizens who sign in, and agents of organisations with their mandates (授权). */
export class DevicesAndCitizens extends Migration {
  override up() {
    this.addSql(`
      alter table cases.service_cases
        add column outcome text not null default 'COMPLETED' check (outcome in ('COMPLETED', 'REFUSED', 'RETURNED', 'WITHDRAWN')),
        add column merged_into text collate "C"`)
    this.addSql(
      `comment on column cases.service_cases.merged_into is 'Number of the case that took this one in (并入); the source voids it then'`,
    )
    this.addSql(`alter table cases.regions add column management_department_id uuid references cases.departments`)
    this.addSql(
      `comment on column cases.regions.management_department_id is 'The management body of the region (主管机构): answers for ratings of halls, of the province and of the platform'`,
    )
    this.addSql(`
      create table cases.devices (
        id uuid primary key references cases.api_clients,
        owner text not null,
        model text,
        state text not null check (state in ('IN_SERVICE', 'FAULTY', 'IN_REPAIR', 'RETIRED')),
        registered_at timestamptz not null,
        region_path text collate "C" not null,
        hall_id uuid not null references cases.halls,
        window_id uuid not null references cases.windows
      )`)
    this.addSql(
      `comment on table cases.devices is 'Device ledger (设备台账): the key of a device is its row in api_clients'`,
    )
    this.addSql(`create unique index devices_window on cases.devices (window_id) where state <> 'RETIRED'`)
    this.addSql(`select scope.protect('cases.devices', array['hall_id', 'window_id'])`)
    this.addSql(`
      create table cases.device_records (
        id uuid primary key,
        device_id uuid not null references cases.devices,
        state text not null,
        note text not null,
        recorded_at timestamptz not null,
        recorded_by_id uuid,
        recorded_by_name text not null
      )`)
    this.addSql(`comment on table cases.device_records is 'What happened to a device (故障、报修记录); insert-only'`)
    this.addSql(`create index device_records_device on cases.device_records (device_id, id desc)`)
    this.addSql(`
      create table cases.citizens (
        id uuid primary key,
        issuer text not null,
        subject text not null,
        name_sealed bytea not null,
        masked_name text not null,
        document_sealed bytea,
        document_hash text,
        phone_sealed bytea,
        phone_hash text,
        masked_phone text,
        created_at timestamptz not null,
        last_signed_in_at timestamptz not null,
        unique (issuer, subject)
      )`)
    this.addSql(
      `comment on table cases.citizens is 'People who signed in at an identity provider (实名用户); cases are theirs by document number, else by phone'`,
    )
    this.addSql(`create index citizens_document on cases.citizens (document_hash)`)
    this.addSql(`
      create table cases.agent_mandates (
        id uuid primary key,
        agent_document_hash text not null,
        masked_agent text not null,
        organisation_name text not null,
        organisation_document_hash text not null,
        masked_credit_code text not null,
        valid_from date not null,
        valid_until date not null check (valid_until >= valid_from),
        evidence text not null,
        recorded_at timestamptz not null,
        recorded_by_id uuid not null,
        recorded_by_name text not null,
        revoked_at timestamptz,
        revoked_by_name text,
        region_path text collate "C" not null
      )`)
    this.addSql(
      `comment on table cases.agent_mandates is 'Who may act for which organisation until when (企业办事人授权)'`,
    )
    this.addSql(`create index agent_mandates_agent on cases.agent_mandates (agent_document_hash)`)
    this.addSql(`select scope.protect('cases.agent_mandates', array[]::text[])`)
    this.addSql(`
      create table cases.citizen_sessions (
        id uuid primary key,
        token_hash bytea not null unique,
        citizen_id uuid not null references cases.citizens,
        mandate_id uuid references cases.agent_mandates,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz
      )`)
    this.addSql(`create index citizen_sessions_citizen on cases.citizen_sessions (citizen_id)`)
    this.addSql(`
      create table cases.static_code_coverage (
        subject_kind text not null check (subject_kind in ('STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM')),
        subject_id uuid not null,
        active_count int not null check (active_count >= 0),
        primary key (subject_kind, subject_id)
      )`)
    this.addSql(
      `comment on table cases.static_code_coverage is 'How many static codes in use each place and person has (应设尽设), kept from the facts of the evaluations subgraph'`,
    )
  }

  override down() {
    for (const table of [
      'static_code_coverage',
      'citizen_sessions',
      'agent_mandates',
      'citizens',
      'device_records',
      'devices',
    ]) {
      this.addSql(`drop table cases.${table}`)
    }
    this.addSql(`alter table cases.regions drop column management_department_id`)
    this.addSql(`alter table cases.service_cases drop column outcome, drop column merged_into`)
  }
}
