import { Migration } from '@mikro-orm/migrations'

const subject = `
        region_path text collate "C" not null,
        department_id uuid not null,
        line_id uuid,
        hall_id uuid,
        window_id uuid,
        staff_member_id uuid`
const narrowing = `array['department_id','line_id','hall_id','window_id','staff_member_id']`

/** Every way to rate (评价渠道): static codes, unlinked ratings, sub-ratings, pictures, second ratings, devices that were offline, invitations by SMS. */
export class WaysToRate extends Migration {
  override up() {
    this.addSql(`
      alter table evaluations.rateable_cases
        add column outcome text not null default 'COMPLETED',
        add column merged_into text,
        add column promised_at timestamptz,
        add column legal_limit_at timestamptz,
        add column has_fees boolean not null default false,
        add column involves_intermediary boolean not null default false`)
    this.addSql(`alter table evaluations.code_points add column terminal_number text`)
    this.addSql(`alter table evaluations.evaluation_keys rename column case_id to subject_id`)
    this.addSql(
      `comment on column evaluations.evaluation_keys.subject_id is 'The case; of an unlinked rating the visit, so that the same form sent twice is one rating'`,
    )
    this.addSql(`
      alter table evaluations.evaluations
        add column subject_kind text not null default 'CASE' check (subject_kind in ('CASE', 'STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM')),
        add column static_code_id uuid,
        add column terminal_number text,
        add column committed_at timestamptz,
        add column is_about_rectification boolean not null default false,
        add column environment smallint check (environment in (1, 2)),
        add column attitude smallint check (attitude in (1, 2)),
        add column is_overcharged boolean,
        add column is_intermediary_forced boolean`)
    this.addSql(`update evaluations.evaluations set committed_at = evaluated_at`)
    this.addSql(`
      alter table evaluations.evaluations
        alter column committed_at set not null,
        add constraint evaluations_subject check ((subject_kind = 'CASE') = (case_id is not null))`)
    this.addSql(
      `comment on column evaluations.evaluations.committed_at is 'When the hub kept it; later than evaluated_at where a device had been offline. Clocks start here'`,
    )
    this.addSql(
      `create index evaluations_static_code on evaluations.evaluations (static_code_id, id desc) where static_code_id is not null`,
    )
    this.addSql(`create index evaluations_unlinked on evaluations.evaluations (id desc) where case_id is null`)
    this.addSql(`
      alter table evaluations.evaluation_texts
        alter column body drop not null,
        add column environment_reason text,
        add column attitude_reason text`)
    this.addSql(`alter table evaluations.evaluation_people drop constraint evaluation_people_identified_by_check`)
    this.addSql(`
      alter table evaluations.evaluation_people
        add constraint evaluation_people_identified_by_check check (identified_by in ('SCREEN_CODE', 'PHONE_LAST_FOUR', 'PHONE_NUMBER', 'DEVICE',
          'TERMINAL', 'SIGNED_IN', 'SMS_LINK', 'SMS_REPLY', 'RECEIPT_NUMBER', 'CONTACT_GIVEN', 'NOT_IDENTIFIED')),
        add column relation text not null default 'APPLICANT' check (relation in ('APPLICANT', 'AGENT', 'RELATIVE', 'OTHER')),
        add column citizen_id uuid,
        add column contact_phone_sealed bytea,
        add column contact_phone_hash text,
        add column masked_contact_phone text`)
    this.addSql(
      `create index evaluation_people_contact on evaluations.evaluation_people (contact_phone_hash) where contact_phone_hash is not null`,
    )

    this.addSql(`
      create table evaluations.static_codes (
        id uuid primary key,
        handle bytea not null unique check (length(handle) = 6),
        printed_id text collate "C" not null unique,
        subject_kind text not null check (subject_kind in ('STAFF_MEMBER', 'HALL', 'PROVINCE', 'PLATFORM')),
        subject_id uuid not null,
        state text not null check (state in ('REQUESTED', 'ACTIVE', 'REFUSED', 'RETIRED')),
        city_code text collate "C" not null,
        policy_id text not null,
        region_name text not null,
        department_name text not null,
        hall_name text,
        window_number text,
        staff_number text,
        staff_name text,
        requested_at timestamptz not null,
        requested_by_id uuid,
        requested_by_name text not null,
        request_reason text,
        decided_at timestamptz,
        decided_by_name text,
        decision_reason text,
        retired_at timestamptz,
        retired_by_name text,
        retire_reason text,
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.static_codes is 'Static codes (静态评价码): applied for (申领), in use, retired. The department is the unit that answers for ratings by it'`,
    )
    this.addSql(
      `create unique index static_codes_of_staff on evaluations.static_codes (staff_member_id) where subject_kind = 'STAFF_MEMBER' and state in ('REQUESTED', 'ACTIVE')`,
    )
    this.addSql(`create index static_codes_hall on evaluations.static_codes (hall_id, id desc)`)
    this.addSql(`select scope.protect('evaluations.static_codes', ${narrowing})`)
    this.addSql(`
      create table evaluations.code_scans (
        static_code_id uuid not null references evaluations.static_codes,
        day date not null,
        scans int not null,
        primary key (static_code_id, day)
      )`)
    this.addSql(`
      create table evaluations.evaluation_links (
        evaluation_id uuid primary key,
        case_id uuid not null,
        city_code text collate "C" not null,
        linked_at timestamptz not null,
        linked_by_id uuid not null,
        linked_by_name text not null,
        reason text not null,
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.evaluation_links is 'Unlinked ratings that were tied to a case afterwards (补关联); insert-only'`,
    )
    this.addSql(`create index evaluation_links_case on evaluations.evaluation_links (case_id)`)
    this.addSql(`select scope.protect('evaluations.evaluation_links', ${narrowing}, 'case_id', 'evaluation_id')`)
    this.addSql(`
      create table evaluations.evaluation_supplements (
        evaluation_id uuid primary key,
        case_id uuid,
        city_code text collate "C" not null,
        item_edition smallint not null,
        items text[] not null,
        body text,
        is_suspected_personal boolean not null,
        environment smallint check (environment in (1, 2)),
        environment_reason text,
        attitude smallint check (attitude in (1, 2)),
        attitude_reason text,
        is_overcharged boolean,
        is_intermediary_forced boolean,
        supplemented_at timestamptz not null,
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.evaluation_supplements is 'What the rater added to a rating that had a level alone (补充内容), once: after an SMS reply or at a device without text entry'`,
    )
    this.addSql(`select scope.protect('evaluations.evaluation_supplements', ${narrowing}, 'case_id', 'evaluation_id')`)
    this.addSql(`
      create table evaluations.uploaded_pictures (
        id uuid primary key,
        keeper text not null,
        width int not null,
        height int not null,
        byte_count int not null,
        sha256 text not null,
        uploaded_at timestamptz not null
      )`)
    this.addSql(
      `comment on table evaluations.uploaded_pictures is 'Pictures that wait for their rating (待提交图片); the keeper is the code that they were uploaded with. Swept after a day'`,
    )
    this.addSql(`create index uploaded_pictures_age on evaluations.uploaded_pictures (uploaded_at)`)
    this.addSql(`create index uploaded_pictures_keeper on evaluations.uploaded_pictures (keeper)`)
    this.addSql(`
      create table evaluations.evaluation_pictures (
        id uuid primary key,
        evaluation_id uuid not null,
        place smallint not null check (place between 1 and 5),
        case_id uuid,
        city_code text collate "C" not null,
        width int not null,
        height int not null,
        byte_count int not null,
        sha256 text not null,
        ${subject},
        unique (evaluation_id, place)
      )`)
    this.addSql(
      `comment on table evaluations.evaluation_pictures is 'Pictures of ratings (评价图片), at most five each; the bytes lie in the picture store'`,
    )
    this.addSql(`select scope.protect('evaluations.evaluation_pictures', ${narrowing}, 'case_id', 'evaluation_id')`)

    this.addSql(`
      create table evaluations.device_signing_keys (
        id uuid primary key,
        device_id uuid not null,
        public_key jsonb not null,
        registered_at timestamptz not null,
        replaced_at timestamptz
      )`)
    this.addSql(
      `create unique index device_signing_keys_current on evaluations.device_signing_keys (device_id) where replaced_at is null`,
    )
    this.addSql(`
      create table evaluations.device_entries (
        key_id uuid not null references evaluations.device_signing_keys,
        counter int not null check (counter >= 1),
        device_id uuid not null,
        content_hash text not null,
        outcome text not null check (outcome in ('STORED', 'REPEATED', 'REFUSED')),
        refusal_code text,
        evaluation_id uuid,
        given_at timestamptz not null,
        received_at timestamptz not null,
        primary key (key_id, counter)
      )`)
    this.addSql(
      `comment on table evaluations.device_entries is 'Numbered and signed entries of devices (设备评价流水), each taken once; insert-only'`,
    )
    this.addSql(`
      create table evaluations.device_gaps (
        key_id uuid not null,
        counter int not null,
        device_id uuid not null,
        noticed_at timestamptz not null,
        filled_at timestamptz,
        primary key (key_id, counter),
        foreign key (key_id) references evaluations.device_signing_keys
      )`)
    this.addSql(
      `comment on table evaluations.device_gaps is 'Numbers that a device skipped (缺号): an alarm until the entry arrives'`,
    )
    this.addSql(`create index device_gaps_open on evaluations.device_gaps (device_id) where filled_at is null`)
    this.addSql(`
      create table evaluations.prompt_duties (
        case_id uuid not null,
        service_number smallint not null,
        shown_at timestamptz not null,
        shown_to_id uuid not null,
        ${subject},
        primary key (case_id, service_number)
      )`)
    this.addSql(
      `comment on table evaluations.prompt_duties is 'When the clerk was reminded to ask for a rating (提示义务), once per case'`,
    )
    this.addSql(`select scope.protect('evaluations.prompt_duties', ${narrowing}, 'case_id')`)
    this.addSql(`
      create table evaluations.manual_wakes (
        id uuid primary key,
        device_id uuid not null,
        case_id uuid not null,
        woken_at timestamptz not null,
        ${subject}
      )`)
    this.addSql(
      `comment on table evaluations.manual_wakes is 'Times that somebody woke a device by hand (手动唤起): a sign of asking only the content'`,
    )
    this.addSql(`create index manual_wakes_device on evaluations.manual_wakes (device_id, id desc)`)
    this.addSql(`select scope.protect('evaluations.manual_wakes', ${narrowing})`)

    this.addSql(`
      create table evaluations.sms_invitations (
        id uuid primary key,
        case_id uuid not null,
        service_number smallint not null,
        city_code text collate "C" not null,
        policy_id text not null,
        token_hash text not null unique,
        state text not null check (state in ('DUE', 'SENT', 'REMINDED', 'ENDED')),
        end_reason text check (end_reason in ('RATED', 'OPTED_OUT', 'NO_PHONE', 'NOT_RATEABLE', 'TOO_LATE', 'UNDELIVERABLE')),
        created_at timestamptz not null,
        next_at timestamptz,
        sent_at timestamptz,
        reminded_at timestamptz,
        ended_at timestamptz,
        ${subject},
        unique (case_id, service_number),
        check ((end_reason is null) = (state <> 'ENDED'))
      )`)
    this.addSql(
      `comment on table evaluations.sms_invitations is 'Late invitations by SMS (短消息追评): one a service, one reminder; the token is stored hashed'`,
    )
    this.addSql(`create index sms_invitations_due on evaluations.sms_invitations (next_at) where next_at is not null`)
    this.addSql(`select scope.protect('evaluations.sms_invitations', ${narrowing}, 'case_id')`)
  }
}
