import { Migration } from '@mikro-orm/migrations'

/**
 * Lists of cases over a whole province or city by their closing, names of devices that may repeat from hall to hall, and the credit code of a
 * mandate's organisation sealed, so that its cases are found under every look-up key in use.
 */
export class CasePagingAndDeviceNames extends Migration {
  override up() {
    this.addSql(`create index service_cases_closed on cases.service_cases (closed_at desc, id desc)`)
    this.addSql(`alter table cases.api_clients drop constraint api_clients_name_key`)
    this.addSql(`create unique index api_clients_name on cases.api_clients (name) where role <> 'DEVICE'`)
    this.addSql(`alter table cases.agent_mandates add column credit_code_sealed bytea not null`)
  }

  override down() {
    this.addSql(`alter table cases.agent_mandates drop column credit_code_sealed`)
    this.addSql(`drop index cases.api_clients_name`)
    this.addSql(`alter table cases.api_clients add constraint api_clients_name_key unique (name)`)
    this.addSql(`drop index cases.service_cases_closed`)
  }
}
