import { Migration } from '@mikro-orm/migrations'

/** Negative reviews and their clocks (差评处理, 时限). */
export class Workflow extends Migration {
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
      create table workflow.negative_reviews (
        id uuid primary key,
        city_code text collate "C" not null,
        evaluation_id uuid not null unique,
        case_id uuid,
        matter_id uuid,
        score smallint not null check (score in (1, 2)),
        is_anonymous boolean not null,
        state text not null check (state in ('DISPATCHED', 'RECTIFYING', 'CHECKING', 'EVALUATOR_TOLD', 'CLOSED', 'INVALID')),
        opened_at timestamptz not null,
        policy_id text not null,
        policy_version int not null,
        acknowledged_at timestamptz,
        acknowledged_by_id uuid,
        acknowledged_by_name text,
        ${subject},
        check ((acknowledged_at is null) = (acknowledged_by_id is null))
      )`)
    this.addSql(`create index negative_reviews_case on workflow.negative_reviews (case_id)`)
    this.addSql(`create index negative_reviews_hall on workflow.negative_reviews (hall_id, id)`)
    this.addSql(`create index negative_reviews_department on workflow.negative_reviews (department_id, id)`)
    this.addSql(
      `create index negative_reviews_open on workflow.negative_reviews (id) where state not in ('CLOSED', 'INVALID')`,
    )
    for (const column of ['hall_id', 'department_id']) {
      this.addSql(
        `create index negative_reviews_open_${column} on workflow.negative_reviews (${column}) where state not in ('CLOSED', 'INVALID')`,
      )
    }
    this.addSql(`select scope.protect('workflow.negative_reviews', ${narrowing}, 'case_id')`)
    this.addSql(`
      create table workflow.deadlines (
        id uuid primary key,
        negative_review_id uuid not null references workflow.negative_reviews,
        case_id uuid,
        kind text not null check (kind in ('VERIFICATION', 'RECTIFICATION', 'QUALITY_CHECK', 'FOLLOW_UP')),
        state text not null check (state in ('RUNNING', 'MET', 'PASSED', 'MET_LATE')),
        started_at timestamptz not null,
        due_at timestamptz not null,
        ended_at timestamptz,
        policy_id text not null,
        policy_version int not null,
        explanation jsonb not null,
        notices timestamptz[] not null,
        next_notice_at timestamptz,
        ${subject},
        check (due_at > started_at),
        check ((ended_at is null) = (state in ('RUNNING', 'PASSED')))
      )`)
    this.addSql(
      `comment on column workflow.deadlines.notices is 'When it is announced: each threshold, then the passing; locked at creation'`,
    )
    this.addSql(`create index deadlines_review on workflow.deadlines (negative_review_id)`)
    this.addSql(`create index deadlines_notice on workflow.deadlines (next_notice_at) where next_notice_at is not null`)
    this.addSql(`select scope.protect('workflow.deadlines', ${narrowing}, 'case_id')`)
  }

  override down() {
    this.addSql(`drop table workflow.deadlines`)
    this.addSql(`drop table workflow.negative_reviews`)
  }
}
