-- WeChat and WeCom: whose accounts messages go by, what the platforms tell, what became of each message.

create table wechat_account (
  organization_id uuid not null references organization (id),
  id uuid not null,
  kind text not null check (kind in ('service', 'mini', 'wecom')),
  name text not null,
  app_id text not null,
  agent_id int,
  secret_sealed bytea not null,
  token_sealed bytea not null,
  aes_key_sealed bytea,
  callback_sealed bytea not null,
  callback_hash bytea not null,
  welcome text not null default '',
  active boolean not null default true,
  fault_code text,
  fault_text text,
  fault_at timestamptz,
  version int not null default 1,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  constraint wechat_account_once unique (organization_id, app_id),
  check ((kind = 'wecom') = (agent_id is not null)),
  check ((fault_code is null) = (fault_at is null))
);
comment on table wechat_account is 'An account of the organization with WeChat (service account, mini-program) or WeCom. Secret, token, key and the secret address of callbacks are sealed.';
comment on column wechat_account.fault_code is 'Why the platform refuses whatever goes by this account, until it takes something again or somebody changes the account.';
create index wechat_account_by_callback on wechat_account (organization_id, callback_hash);
call peiban_tenant_table('wechat_account');

create table wechat_template (
  organization_id uuid not null,
  account_id uuid not null,
  template_id text not null,
  channel text not null check (channel in ('wechat-template', 'wechat-notice', 'mini-notice')),
  title text not null,
  category text not null default '',
  lasting boolean not null default false,
  fields jsonb not null,
  fault_code text,
  fault_text text,
  fault_at timestamptz,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, account_id, template_id),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id)
);
comment on table wechat_template is 'A template that the platform has approved, with its fields as its back end lists them: [{"key", "label", "allowed"}].';
comment on column wechat_template.lasting is 'A consent to it lasts until it is taken back, which medical institutions may ask for.';
call peiban_tenant_table('wechat_template');

create table wechat_act (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  event_key bytea not null,
  sealed bytea not null,
  at timestamptz not null,
  received_at timestamptz not null,
  welcome text,
  primary key (organization_id, id),
  constraint wechat_act_once unique (organization_id, account_id, event_key),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id)
);
comment on table wechat_act is 'What a platform told, sealed, committed before it is answered, once however often it is told.';
comment on column wechat_act.event_key is 'Blind index of the event''s own key.';
comment on column wechat_act.welcome is 'What came of the first words to a new contact: ok, or the refusal.';
create index wechat_act_received on wechat_act (organization_id, account_id, received_at desc);
call peiban_tenant_table('wechat_act');

create table wechat_mass (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  user_id text not null,
  provider_id text not null,
  state text not null check (state in ('waiting', 'confirmed', 'withdrawn', 'over')),
  made_at timestamptz not null,
  next_at timestamptz,
  reminded_at timestamptz[] not null default '{}',
  ended_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id),
  check ((state = 'waiting') = (next_at is not null))
);
comment on table wechat_mass is 'A mass message of WeCom, which is nothing but a question to a member of staff until they confirm it on their phone.';
comment on column wechat_mass.next_at is 'When the platform is asked next what has come of it.';
create index wechat_mass_due on wechat_mass (organization_id, next_at) where state = 'waiting';
call peiban_tenant_table('wechat_mass');

create table wechat_sending (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  channel text not null check (channel in ('wechat-template', 'wechat-notice', 'mini-notice', 'wechat-chat', 'wecom-mass')),
  state text not null check (state in ('sending', 'in-doubt', 'accepted', 'refused', 'tasked', 'delivered', 'undelivered', 'withdrawn')),
  address_sealed bytea not null,
  attempt int not null default 1,
  first_try_at timestamptz not null,
  handed_at timestamptz not null,
  lease_until timestamptz,
  provider_id text,
  mass_id uuid,
  refusal text,
  code text,
  reply text,
  was_in_doubt boolean not null default false,
  settled_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id),
  foreign key (organization_id, mass_id) references wechat_mass (organization_id, id),
  check ((state = 'sending') = (lease_until is not null))
);
comment on table wechat_sending is 'One row for each message, by the id of whoever asked for it. It says sending in a commit of its own before the request leaves.';
comment on column wechat_sending.first_try_at is 'A template message may be sent again under the same client_msg_id for ten minutes from here; it is then one message.';
create index wechat_sending_by_provider on wechat_sending (organization_id, account_id, provider_id) where provider_id is not null;
create index wechat_sending_recent on wechat_sending (organization_id, account_id, handed_at desc);
create index wechat_sending_of_mass on wechat_sending (organization_id, mass_id) where mass_id is not null;
call peiban_tenant_table('wechat_sending');

create table wechat_staff (
  organization_id uuid not null,
  account_id uuid not null,
  user_id text not null,
  staff_id uuid not null,
  primary key (organization_id, account_id, user_id),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table wechat_staff is 'Who of the staff has which user id in WeCom.';
call peiban_tenant_table('wechat_staff');
