import { Migration } from '@mikro-orm/migrations'

const subject = `
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid`
const narrowing = `array['department_id','line_id','hall_id','window_id','staff_member_id']`

const identifications = `'SCREEN_CODE', 'PHONE_LAST_FOUR', 'PHONE_NUMBER', 'DEVICE', 'TERMINAL', 'SIGNED_IN', 'SMS_LINK', 'SMS_REPLY',
  'RECEIPT_NUMBER', 'CONTACT_GIVEN', 'NOT_IDENTIFIED'`
const messageKinds = `'RATING_INVITATION', 'RATING_REMINDER', 'REPLY_THANKS', 'REPLY_NOT_UNDERSTOOD', 'OPT_OUT_CONFIRMED', 'REVIEW_RESULT'`

const looks = (schema: string, purposes: string) => `
      create table ${schema}.personal_looks (
        id uuid primary key,
        viewer_id text not null,
        viewer_name text not null,
        viewer_role text not null,
        purpose text not null check (purpose in (${purposes})),
        case_id uuid,
        evaluation_id uuid,
        searched_hash text,
        found_count int,
        looked_at timestamptz not null
      )`

/** Ratings by telephone (电话评价): operators, phone invitations, calls, call-backs by the province, and the log of looks at personal data. */
export class PhoneRatings extends Migration {
  override up() {
    this.addSql(`alter table cases.accounts add column contact text`)
    this.addSql(
      `comment on column cases.accounts.contact is 'Telephone of the person behind the account (联系方式), kept with every rating that he takes on the phone'`,
    )
    this.addSql(looks('cases', `'HOTLINE', 'INVITATION', 'CALL_BACK', 'VERIFICATION'`))
    this.addSql(looks('evaluations', `'SEARCH', 'CALL_BACK'`))
    for (const schema of ['cases', 'evaluations']) {
      this.addSql(
        `comment on table ${schema}.personal_looks is 'Who searched for or opened personal data, why and when (查看个人信息留痕); a searched number is a keyed hash; insert-only'`,
      )
      this.addSql(`create index personal_looks_viewer on ${schema}.personal_looks (viewer_id, id desc)`)
      this.addSql(`create index personal_looks_case on ${schema}.personal_looks (case_id) where case_id is not null`)
    }

    this.addSql(`alter table evaluations.evaluation_people drop constraint evaluation_people_identified_by_check`)
    this.addSql(`
      alter table evaluations.evaluation_people
        add constraint evaluation_people_identified_by_check check (identified_by in (${identifications}, 'OPERATOR')),
        add column phone_source text check (phone_source in ('HOTLINE', 'INVITATION')),
        add column operator_id text,
        add column operator_name text,
        add column operator_contact text,
        add column contact_name_sealed bytea,
        add constraint evaluation_people_operator check ((phone_source is null) = (operator_id is null))`)
    this.addSql(
      `comment on column evaluations.evaluation_people.operator_id is 'Account of the operator who took the rating on the phone (话务员、邀约人); null for all other channels'`,
    )

    this.addSql(
      `create index rateable_cases_closed on evaluations.rateable_cases (closed_at, case_id) where state = 'CLOSED'`,
    )
    this.addSql(`
      create table evaluations.phone_invitations (
        id uuid primary key,
        case_id uuid not null,
        service_number smallint not null,
        city_code text collate "C" not null,
        state text not null check (state in ('OPEN', 'LOCKED', 'DONE', 'EXPIRED')),
        end_reason text check (end_reason in ('RATED', 'REFUSED', 'WRONG_NUMBER', 'DO_NOT_CALL', 'NO_PHONE', 'NOT_RATEABLE', 'WINDOW_OVER')),
        closed_at timestamptz not null,
        expires_at timestamptz,
        person_key text,
        call_count int not null default 0,
        last_outcome text,
        call_again_at timestamptz,
        locked_until timestamptz,
        locked_by_id text,
        locked_by_name text,
        created_at timestamptz not null,
        ended_at timestamptz,
        ${subject},
        unique (case_id, service_number),
        check ((end_reason is null) = (state in ('OPEN', 'LOCKED'))),
        check ((state = 'LOCKED') = (locked_until is not null))
      )`)
    this.addSql(
      `comment on table evaluations.phone_invitations is 'Unrated services to be invited by telephone (电话邀评); the person is a keyed hash of the applicant''s phone. expires_at null: the calendar does not reach so far'`,
    )
    this.addSql(
      `create index phone_invitations_open on evaluations.phone_invitations (expires_at, id) where state in ('OPEN', 'LOCKED')`,
    )
    this.addSql(
      `create index phone_invitations_person on evaluations.phone_invitations (person_key) where state in ('OPEN', 'LOCKED')`,
    )
    this.addSql(
      `create index phone_invitations_nobody on evaluations.phone_invitations (id) where state = 'OPEN' and person_key is null`,
    )
    this.addSql(`select scope.protect('evaluations.phone_invitations', ${narrowing})`)
    this.addSql(`
      create table evaluations.phone_people (
        person_key text primary key,
        called_on date,
        locked_until timestamptz,
        invitation_id uuid,
        check ((locked_until is null) = (invitation_id is null))
      )`)
    this.addSql(
      `comment on table evaluations.phone_people is 'Who was called on which day and who is being called now: narrow, no policies, since nobody is called twice a day however many places want to'`,
    )
    this.addSql(`
      create table evaluations.phone_calls (
        id uuid primary key,
        invitation_id uuid not null references evaluations.phone_invitations,
        case_id uuid not null,
        operator_id text not null,
        operator_name text not null,
        outcome text not null check (outcome in ('NO_ANSWER', 'REFUSED', 'LATER', 'RATED', 'WRONG_NUMBER', 'DO_NOT_CALL')),
        note text,
        call_again_at timestamptz,
        called_at timestamptz not null,
        ${subject}
      )`)
    this.addSql(`comment on table evaluations.phone_calls is 'Calls made and how each ended (外呼记录); insert-only'`)
    this.addSql(`create index phone_calls_invitation on evaluations.phone_calls (invitation_id, id desc)`)
    this.addSql(`select scope.protect('evaluations.phone_calls', ${narrowing})`)

    this.addSql(`
      create table evaluations.call_backs (
        evaluation_id uuid primary key,
        case_id uuid not null,
        service_number smallint not null,
        city_code text collate "C" not null,
        source text not null check (source in ('HOTLINE', 'INVITATION')),
        operator_id text not null,
        operator_name text not null,
        level smallint not null check (level between 1 and 5),
        rated_at timestamptz not null,
        state text not null check (state in ('OPEN', 'DONE')),
        result text check (result in ('CONFIRMED', 'DIFFERENT', 'NOT_REACHED', 'DENIED')),
        stated_level smallint check (stated_level between 1 and 5),
        is_mismatch boolean not null default false,
        attempts int not null default 0,
        called_at timestamptz,
        called_by_name text,
        message_due_at timestamptz,
        ${subject},
        check (state = 'OPEN' or result in ('CONFIRMED', 'DIFFERENT', 'DENIED')),
        check (is_mismatch = (coalesce(result, '') in ('DIFFERENT', 'DENIED')))
      )`)
    this.addSql(
      `comment on table evaluations.call_backs is 'Every rating by telephone, to be checked by a call from the province (回访核对). message_due_at: the rater has not been told yet what was recorded'`,
    )
    this.addSql(`create index call_backs_open on evaluations.call_backs (state, rated_at, evaluation_id)`)
    this.addSql(`create index call_backs_rated on evaluations.call_backs (rated_at)`)
    this.addSql(
      `create index call_backs_message on evaluations.call_backs (message_due_at) where message_due_at is not null`,
    )
    this.addSql(`select scope.protect('evaluations.call_backs', ${narrowing})`)
    this.addSql(`
      create table evaluations.call_back_calls (
        id uuid primary key,
        evaluation_id uuid not null references evaluations.call_backs,
        caller_id text not null,
        caller_name text not null,
        result text not null check (result in ('CONFIRMED', 'DIFFERENT', 'NOT_REACHED', 'DENIED')),
        stated_level smallint check (stated_level between 1 and 5),
        note text,
        called_at timestamptz not null,
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.call_back_calls is 'Calls of the province about ratings by telephone (回访记录); insert-only'`,
    )
    this.addSql(`create index call_back_calls_evaluation on evaluations.call_back_calls (evaluation_id, id desc)`)
    this.addSql(`select scope.protect('evaluations.call_back_calls', ${narrowing})`)

    this.addSql(`alter table exchange.messages drop constraint messages_kind_check`)
    this.addSql(
      `alter table exchange.messages add constraint messages_kind_check check (kind in (${messageKinds}, 'PHONE_RATING_RECORDED'))`,
    )
  }

  override down() {
    this.addSql(`delete from exchange.messages where kind = 'PHONE_RATING_RECORDED'`)
    this.addSql(`alter table exchange.messages drop constraint messages_kind_check`)
    this.addSql(`alter table exchange.messages add constraint messages_kind_check check (kind in (${messageKinds}))`)
    for (const table of [
      'evaluations.call_back_calls',
      'evaluations.call_backs',
      'evaluations.phone_calls',
      'evaluations.phone_people',
      'evaluations.phone_invitations',
      'evaluations.personal_looks',
      'cases.personal_looks',
    ]) {
      this.addSql(`drop table ${table}`)
    }
    this.addSql(`drop index evaluations.rateable_cases_closed`)
    this.addSql(
      `update evaluations.evaluation_people set identified_by = 'CONTACT_GIVEN' where identified_by = 'OPERATOR'`,
    )
    this.addSql(`alter table evaluations.evaluation_people drop constraint evaluation_people_identified_by_check`)
    this.addSql(`
      alter table evaluations.evaluation_people
        drop constraint evaluation_people_operator,
        add constraint evaluation_people_identified_by_check check (identified_by in (${identifications})),
        drop column phone_source,
        drop column operator_id,
        drop column operator_name,
        drop column operator_contact,
        drop column contact_name_sealed`)
    this.addSql(`alter table cases.accounts drop column contact`)
  }
}
