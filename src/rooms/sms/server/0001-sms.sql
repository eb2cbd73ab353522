-- Short messages: whose account they go by, what became of each that was handed over, and what the providers call back.

create table sms_account (
  organization_id uuid not null references organization (id),
  provider text not null check (provider in ('aliyun', 'tencent')),
  key_id text not null,
  key_secret_sealed bytea not null,
  app_id text not null default '',
  region text not null default '',
  sign_name text not null,
  promotion_sign_name text not null default '',
  active boolean not null default true,
  callback_sealed bytea not null,
  callback_hash bytea not null,
  version int not null default 1,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id)
);
comment on table sms_account is 'The account at a provider of short messages. The secret and the secret address of callbacks are sealed; the hash of the latter is what a callback is compared with.';
comment on column sms_account.promotion_sign_name is 'A signature of its own for promotions; empty: the same.';
call peiban_tenant_table('sms_account');

create table sms_sending (
  organization_id uuid not null references organization (id),
  id uuid not null,
  provider text not null check (provider in ('aliyun', 'tencent')),
  provider_id text,
  to_index bytea not null,
  to_sealed bytea not null,
  template_code text not null,
  kind text not null check (kind in ('code', 'notice', 'promotion')),
  state text not null check (state in ('sending', 'in-doubt', 'accepted', 'refused', 'delivered', 'undelivered')),
  attempt int not null default 1,
  lease_until timestamptz,
  handed_at timestamptz not null,
  class text,
  code text,
  reply text,
  segments int not null,
  was_in_doubt boolean not null default false,
  settled_at timestamptz,
  primary key (organization_id, id),
  check ((state = 'sending') = (lease_until is not null))
);
comment on table sms_sending is 'One row for each short message, by the id of whoever asked for it: the providers do not know a repeated request from a new one, so this table does.';
comment on column sms_sending.state is 'sending: a request may be on its way until lease_until, and is in doubt after it; in-doubt: nobody knows, and nothing is sent before the provider or a receipt has told.';
comment on column sms_sending.was_in_doubt is 'Its outcome was unknown at least once, whatever came of it.';
comment on column sms_sending.segments is 'How many messages it is paid as.';
create index sms_sending_by_provider_id on sms_sending (organization_id, provider, provider_id) where provider_id is not null;
create index sms_sending_to on sms_sending (organization_id, to_index, handed_at desc);
create index sms_sending_open on sms_sending (organization_id, handed_at) where state in ('sending', 'in-doubt');
call peiban_tenant_table('sms_sending');

create table sms_callback (
  organization_id uuid not null references organization (id),
  id uuid not null,
  provider text not null check (provider in ('aliyun', 'tencent')),
  kind text not null check (kind in ('receipts', 'replies')),
  sealed bytea not null,
  received_at timestamptz not null,
  tries int not null default 0,
  next_at timestamptz,
  primary key (organization_id, id)
);
comment on table sms_callback is 'What a provider called back with, whole and sealed, committed before it is answered. next_at is null once it has been read.';
create index sms_callback_due on sms_callback (organization_id, next_at) where next_at is not null;
call peiban_tenant_table('sms_callback');

create table sms_unplaced (
  organization_id uuid not null,
  id uuid not null,
  callback_id uuid not null,
  kind text not null check (kind in ('receipts', 'replies')),
  why text not null,
  provider_id text,
  sealed bytea not null,
  received_at timestamptz not null,
  placed_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, callback_id) references sms_callback (organization_id, id)
);
comment on table sms_unplaced is 'What stood in a callback and belonged to nothing we know, with the reason; kept for people to look at, and placed later where its message becomes known.';
create index sms_unplaced_open on sms_unplaced (organization_id, received_at) where placed_at is null;
call peiban_tenant_table('sms_unplaced');

create table sms_reply (
  organization_id uuid not null,
  id uuid not null,
  callback_id uuid not null,
  reply_key text not null,
  from_index bytea not null,
  sealed bytea not null,
  stops boolean not null,
  said_at timestamptz not null,
  received_at timestamptz not null,
  primary key (organization_id, id),
  constraint sms_reply_once unique (organization_id, reply_key),
  foreign key (organization_id, callback_id) references sms_callback (organization_id, id)
);
comment on table sms_reply is 'What people wrote back, sealed, once each however often it is called back.';
call peiban_tenant_table('sms_reply');
