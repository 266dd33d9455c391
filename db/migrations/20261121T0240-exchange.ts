import { Migration } from '@mikro-orm/migrations'

/** Linked systems (接入) and what came through them. */
export class Exchange extends Migration {
  override up() {
    this.addSql(`
      create table exchange.links (
        id uuid primary key,
        source_system text not null unique check (length(source_system) <= 20),
        name text not null,
        mode text not null check (mode in ('WHOLE_CENTER', 'PER_SYSTEM')),
        state text not null check (state in ('PLANNED', 'CONNECTED', 'TRIAL', 'LIVE')),
        region_id uuid not null,
        region_path text collate "C" not null,
        hall_id uuid,
        last_case_at timestamptz,
        case_count bigint not null default 0
      )`)
    this.addSql(`select scope.protect('exchange.links', array['hall_id'])`)
    this.addSql(`
      create table exchange.case_origins (
        case_id uuid primary key,
        source_system text not null
      )`)
    this.addSql(
      `comment on table exchange.case_origins is 'Through which system a case came, kept from the facts of the cases subgraph'`,
    )
  }

  override down() {
    this.addSql(`drop table exchange.case_origins`)
    this.addSql(`drop table exchange.links`)
  }
}
