import { Migration } from '@mikro-orm/migrations'

/** Messages out and in (短信): queued, sent, delivered; phone and text sealed. */
export class Messages extends Migration {
  override up() {
    this.addSql(`
      create table exchange.messages (
        id uuid primary key,
        message_key text collate "C" not null unique,
        kind text not null check (kind in ('RATING_INVITATION', 'RATING_REMINDER', 'REPLY_THANKS', 'REPLY_NOT_UNDERSTOOD', 'OPT_OUT_CONFIRMED', 'REVIEW_RESULT')),
        state text not null check (state in ('QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'SUPPRESSED')),
        case_id uuid,
        invitation_id uuid,
        phone_sealed bytea not null,
        phone_hash text not null,
        masked_phone text not null,
        text_sealed bytea not null,
        provider_id text,
        attempts int not null default 0,
        next_attempt_at timestamptz,
        fault text,
        queued_at timestamptz not null,
        sent_at timestamptz,
        delivered_at timestamptz,
        region_path text collate "C" not null,
        department_id uuid,
        hall_id uuid
      )`)
    this.addSql(
      `comment on column exchange.messages.message_key is 'What it is for, e.g. an invitation and whether it is the reminder: asked for twice, it is sent once'`,
    )
    this.addSql(`create index messages_due on exchange.messages (next_attempt_at) where next_attempt_at is not null`)
    this.addSql(`create index messages_phone on exchange.messages (phone_hash, id desc)`)
    this.addSql(
      `create unique index messages_provider on exchange.messages (provider_id) where provider_id is not null`,
    )
    this.addSql(`select scope.protect('exchange.messages', array['department_id', 'hall_id'])`)
    this.addSql(`
      create table exchange.inbound_messages (
        id uuid primary key,
        phone_hash text not null,
        masked_phone text not null,
        text_sealed bytea not null,
        received_at timestamptz not null,
        outcome text not null check (outcome in ('RATED', 'ALREADY_RATED', 'OPTED_OUT', 'NOT_UNDERSTOOD', 'NO_INVITATION', 'TOO_LATE')),
        message_id uuid
      )`)
    this.addSql(
      `comment on table exchange.inbound_messages is 'Replies that came in (上行短信) and what was done with each'`,
    )
    this.addSql(`
      create table exchange.sms_opt_outs (
        phone_hash text primary key,
        opted_out_at timestamptz not null,
        source text not null check (source in ('REPLY', 'PAGE', 'STAFF'))
      )`)
    this.addSql(
      `comment on table exchange.sms_opt_outs is 'Phones that want no invitations (退订); honoured by every channel that calls or writes'`,
    )
  }

  override down() {
    for (const table of ['sms_opt_outs', 'inbound_messages', 'messages']) this.addSql(`drop table exchange.${table}`)
  }
}
