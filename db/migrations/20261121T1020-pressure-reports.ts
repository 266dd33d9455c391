import { Migration } from '@mikro-orm/migrations'

/** What a bad rating is about when it has no case, and reports of pressure or retaliation, sealed from the unit (施压、报复举报). */
export class PressureReports extends Migration {
  override up() {
    this.addSql(`
      alter table workflow.negative_reviews
        add column subject_kind text not null default 'CASE' check (subject_kind in ('CASE', 'STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM'))`)
    this.addSql(`
      create table workflow.pressure_reports (
        id uuid primary key,
        report_number text collate "C" not null unique,
        city_code text collate "C" not null,
        evaluation_id uuid not null,
        case_id uuid,
        kind text not null check (kind in ('PRESSURE', 'INDUCEMENT', 'RETALIATION', 'RATED_BY_STAFF')),
        text_sealed bytea not null,
        contact_sealed bytea,
        reported_at timestamptz not null,
        region_path text collate "C" not null,
        department_id uuid not null
      )`)
    this.addSql(
      `comment on table workflow.pressure_reports is 'Reports of pressure or retaliation: text and contact sealed, read by the competent body alone, never by the unit'`,
    )
    this.addSql(`create index pressure_reports_evaluation on workflow.pressure_reports (evaluation_id)`)
    this.addSql(`select scope.protect('workflow.pressure_reports', array[]::text[], null, 'evaluation_id')`)
    this.addSql(`
      create policy sealed_from_units on workflow.pressure_reports as restrictive
        using ((select not (scope.present() ?| array['departmentId', 'lineId', 'hallId', 'windowId', 'staffMemberId'])))`)
  }

  override down() {
    this.addSql(`drop table workflow.pressure_reports`)
    this.addSql(`alter table workflow.negative_reviews drop column subject_kind`)
  }
}
