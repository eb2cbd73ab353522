-- What staff are told on their phones, as messages of the hospital's own application in WeCom (应用消息).

create table wechat_staff_notice (
  organization_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  topic text not null check (topic in ('digest', 'reminder', 'urgent-task', 'alert')),
  source_key text not null,
  values jsonb not null default '{}',
  link text not null,
  state text not null check (state in ('planned', 'claimed', 'accepted', 'undelivered', 'expired', 'unneeded')),
  batch_id uuid,
  batch_count int,
  batch_at timestamptz,
  attempts int not null default 0,
  possible_doubles int not null default 0,
  first_try_at timestamptz,
  next_at timestamptz,
  not_after timestamptz not null,
  account_id uuid,
  user_id text,
  provider_id text,
  refusal text,
  code text,
  reply text,
  created_at timestamptz not null,
  settled_at timestamptz,
  primary key (organization_id, id),
  constraint wechat_staff_notice_once unique (organization_id, staff_id, source_key),
  foreign key (organization_id, staff_id) references staff (organization_id, id),
  check ((state in ('planned', 'claimed')) = (next_at is not null)),
  check ((state in ('planned', 'claimed')) = (settled_at is null))
);
comment on table wechat_staff_notice is 'One row for each member of staff and occasion. The words are made from topic and counts when they leave; they name no patient and no result.';
comment on column wechat_staff_notice.batch_id is 'What is told in one message, kept over its tries, so that WeCom sees the same words again and knows them for one message.';
comment on column wechat_staff_notice.possible_doubles is 'Tries after the half hour in which WeCom tells a repetition from a new message, where nobody knows what became of the one before.';
create index wechat_staff_notice_due on wechat_staff_notice (organization_id, next_at) where state in ('planned', 'claimed');
create index wechat_staff_notice_waiting on wechat_staff_notice (organization_id, source_key) where state = 'planned';
create index wechat_staff_notice_recent on wechat_staff_notice (organization_id, created_at desc);
call peiban_tenant_table('wechat_staff_notice');

create table wechat_staff_wish (
  organization_id uuid not null,
  staff_id uuid not null,
  declined text[] not null,
  changed_at timestamptz not null,
  primary key (organization_id, staff_id),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table wechat_staff_wish is 'What a member of staff does not want to be told in WeCom; without a row they are told all of it.';
call peiban_tenant_table('wechat_staff_wish');
