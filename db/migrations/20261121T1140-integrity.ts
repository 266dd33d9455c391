import { Migration } from '@mikro-orm/migrations'

const narrowing = `array['department_id','line_id','hall_id','window_id','staff_member_id']`

/** Signals of rigging (异常评价线索) with their evidence, what was decided about single ratings (评价无效), and how far the sweep got. */
export class Integrity extends Migration {
  override up() {
    this.addSql(`
      create table evaluations.integrity_signals (
        id uuid primary key,
        kind text not null check (kind in ('BURST', 'SUB_SECOND', 'BEFORE_CLOSING', 'SAME_CONTACT', 'SELF_RATING', 'CALL_BACK_MISMATCH',
          'IDENTICAL_SETS', 'OPERATOR_SHARE', 'NO_NEGATIVES')),
        state text not null check (state in ('OPEN', 'CONFIRMED', 'DISMISSED')),
        subject_kind text not null check (subject_kind in ('STAFF_MEMBER', 'WINDOW', 'HALL', 'DEPARTMENT', 'OPERATOR', 'CONTACT')),
        subject_key text collate "C" not null,
        period text collate "C" not null,
        round int not null check (round >= 1),
        period_from timestamptz not null,
        period_until timestamptz not null,
        facts jsonb not null,
        strength smallint not null check (strength between 1 and 100),
        evidence_count int not null,
        noticed_at timestamptz not null,
        updated_at timestamptz not null,
        decided_at timestamptz,
        decided_by_id text,
        decided_by_name text,
        decision_reason text,
        region_path text collate "C" not null,
        department_id uuid,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid,
        unique (kind, subject_kind, subject_key, period, round),
        check ((state = 'OPEN') = (decided_at is null))
      )`)
    this.addSql(
      `comment on table evaluations.integrity_signals is 'Signals of rigging or malice (异常评价线索), decided by a person. One a kind, subject and period: a repeated sweep updates it while it is open; what comes after a decision is the next round. A contact is a keyed hash'`,
    )
    this.addSql(`create index integrity_signals_strength on evaluations.integrity_signals (strength desc, id desc)`)
    this.addSql(`select scope.protect('evaluations.integrity_signals', ${narrowing})`)
    this.addSql(`
      create table evaluations.integrity_signal_evaluations (
        signal_id uuid not null references evaluations.integrity_signals,
        evaluation_id uuid not null,
        kind text not null,
        is_open boolean not null,
        primary key (signal_id, evaluation_id)
      )`)
    this.addSql(
      `comment on table evaluations.integrity_signal_evaluations is 'Evidence of a signal (线索评价); no policies: whether a rating is suspected must be the same number for everyone who may see that rating'`,
    )
    this.addSql(
      `create index integrity_signal_evaluations_evaluation on evaluations.integrity_signal_evaluations (evaluation_id)`,
    )
    this.addSql(`
      create table evaluations.evaluation_invalidations (
        id uuid primary key,
        evaluation_id uuid not null,
        city_code text collate "C" not null,
        case_id uuid,
        source text not null check (source in ('INTEGRITY_SIGNAL', 'VERIFICATION', 'APPEAL')),
        source_id uuid not null,
        revokes_id uuid unique references evaluations.evaluation_invalidations,
        reason text not null,
        decided_at timestamptz not null,
        decided_by_id text not null,
        decided_by_name text not null,
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid
      )`)
    this.addSql(
      `comment on table evaluations.evaluation_invalidations is 'Ratings declared invalid (评价无效) beside the rating, and rows that revoke it (撤销无效); insert-only. A rating is invalid while one of its invalidations is not revoked'`,
    )
    this.addSql(`
      create unique index evaluation_invalidations_once on evaluations.evaluation_invalidations (evaluation_id, source, source_id)
        where revokes_id is null`)
    this.addSql(
      `select scope.protect('evaluations.evaluation_invalidations', ${narrowing}, 'case_id', 'evaluation_id')`,
    )
    this.addSql(`
      create table evaluations.integrity_progress (
        only_row boolean primary key default true check (only_row),
        position bigint,
        looked_back_on date
      )`)
    this.addSql(
      `comment on table evaluations.integrity_progress is 'How far the sweep for signals read the log of ratings, and the last day on which it looked back over the week and the month'`,
    )
    this.addSql(`insert into evaluations.integrity_progress default values`)
    this.addSql(
      `create index evaluation_people_citizen on evaluations.evaluation_people (citizen_id) where citizen_id is not null`,
    )
    this.addSql(
      `create index evaluation_people_operator on evaluations.evaluation_people (operator_id, evaluation_id) where operator_id is not null`,
    )
  }

  override down() {
    this.addSql(`drop index evaluations.evaluation_people_operator`)
    this.addSql(`drop index evaluations.evaluation_people_citizen`)
    for (const table of [
      'integrity_progress',
      'evaluation_invalidations',
      'integrity_signal_evaluations',
      'integrity_signals',
    ]) {
      this.addSql(`drop table evaluations.${table}`)
    }
  }
}
