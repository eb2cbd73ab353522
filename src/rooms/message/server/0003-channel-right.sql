-- Who is known by what account on WeChat and WeCom, and how often they may be written to there.

create table channel_account (
  organization_id uuid not null references organization (id),
  id uuid not null,
  app text not null check (length(app) between 1 and 100),
  address_sealed bytea not null,
  address_index bytea not null,
  first_seen_at timestamptz not null,
  last_act_at timestamptz,
  primary key (organization_id, id),
  constraint channel_account_once unique (organization_id, app, address_index)
);
comment on table channel_account is 'A person''s account with one of the hospital''s own (app, such as wechat:<appid> or wecom:<corpid>): an openid, an external userid. Rights are given by accounts, not by patients: a mother''s one consent serves one message, whichever of her children it is about.';
comment on column channel_account.last_act_at is 'When they last did something there themselves.';
call peiban_tenant_table('channel_account');

create table channel_account_patient (
  organization_id uuid not null,
  account_id uuid not null,
  patient_id uuid not null,
  relation text not null check (relation in ('self', 'guardian')),
  since timestamptz not null,
  merge_id uuid,
  primary key (organization_id, account_id, patient_id),
  foreign key (organization_id, account_id) references channel_account (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table channel_account_patient is 'Whose account it is, or for whom its owner speaks.';
comment on column channel_account_patient.merge_id is 'The merge that brought the row; undoing it takes the row away.';
create index channel_account_of_patient on channel_account_patient (organization_id, patient_id);
call peiban_tenant_table('channel_account_patient');

create table channel_right (
  organization_id uuid not null,
  account_id uuid not null,
  channel text not null check (channel ~ '^[a-z][a-z-]{1,19}$'),
  template text not null default '' check (length(template) <= 100),
  basis text not null default '' check (length(basis) <= 100),
  left_count int check (left_count >= 0),
  closes_at timestamptz,
  withdrawn_at timestamptz,
  changed_at timestamptz not null,
  primary key (organization_id, account_id, channel, template, basis),
  foreign key (organization_id, account_id) references channel_account (organization_id, id)
);
comment on table channel_right is 'How often an account may still be written to by a channel and a template of the platform''s: consents left, windows open until when, followers, contacts.';
comment on column channel_right.basis is 'What the right rests on where there are several: the act that opened a window, the member of staff whose contact it is.';
comment on column channel_right.left_count is 'Null: as often as one likes, until it is withdrawn.';
call peiban_tenant_table('channel_right');

create table channel_right_use (
  organization_id uuid not null,
  message_id uuid not null,
  account_id uuid not null,
  channel text not null,
  template text not null,
  basis text not null,
  state text not null check (state in ('held', 'used', 'given-back')),
  at timestamptz not null,
  primary key (organization_id, message_id),
  foreign key (organization_id, account_id, channel, template, basis) references channel_right (organization_id, account_id, channel, template, basis)
);
comment on table channel_right_use is 'Which message took which right: one each, however often it is tried. Held until it is known what came of it.';
create index channel_right_use_of_account on channel_right_use (organization_id, account_id, channel, at) where state <> 'given-back';
call peiban_tenant_table('channel_right_use');

create table channel_right_act (
  organization_id uuid not null,
  account_id uuid not null,
  event_key text not null check (length(event_key) between 1 and 300),
  changes jsonb not null,
  at timestamptz not null,
  received_at timestamptz not null,
  primary key (organization_id, account_id, event_key),
  foreign key (organization_id, account_id) references channel_account (organization_id, id)
);
comment on table channel_right_act is 'What people agreed to, refused or did there, as proof. The platforms tell it up to three times; it counts once.';
call peiban_tenant_table('channel_right_act');
call peiban_append_only('channel_right_act');
