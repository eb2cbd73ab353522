-- What is said to patients: one row per patient, touch and channel, which is both the plan and the copy of what went out.

create table message_template (
  organization_id uuid not null references organization (id),
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,58}$'),
  version int not null check (version > 0),
  state text not null check (state in ('draft', 'published', 'retired')),
  definition jsonb not null,
  owner_id uuid,
  review_on date,
  expires_on date,
  author_id uuid,
  author_name text not null,
  edited_by uuid[] not null default '{}',
  revision int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_by uuid,
  published_by_name text,
  published_at timestamptz,
  retired_at timestamptz,
  primary key (organization_id, code, version)
);
comment on table message_template is 'Versions of templates as an organization changed them (contract/template.ts); what it has not changed is read from content/templates.json and counts as version 0. A published version is never edited.';
comment on column message_template.edited_by is 'Everybody whose hand is in this version: none of them may publish it.';
create unique index message_template_published on message_template (organization_id, code) where state = 'published';
create unique index message_template_draft on message_template (organization_id, code) where state = 'draft';
call peiban_tenant_table('message_template');

create table message (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  touch text not null check (length(touch) between 1 and 200),
  channel text not null check (channel ~ '^[a-z][a-z-]{1,19}$'),
  template text not null,
  template_version int,
  purpose text not null check (purpose in ('service', 'care', 'promotion')),
  locale text not null check (locale in ('zh-CN', 'en')),
  urgent boolean not null default false,
  values_sealed bytea,
  content_sealed bytea,
  to_masked text,
  via_guardian boolean not null default false,
  state text not null check (state in ('planned', 'claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled')),
  reason text,
  attempts int not null default 0,
  possible_doubles int not null default 0,
  uncertain boolean not null default false,
  next_at timestamptz,
  not_after timestamptz,
  claimed_by text,
  message_id text,
  reply text,
  unsubscribe_index bytea,
  source text not null,
  source_key text,
  created_by uuid,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  primary key (organization_id, id),
  constraint message_once unique (organization_id, patient_id, touch, channel),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((state in ('planned', 'claimed', 'deferred')) = (next_at is not null))
);
comment on table message is 'FHIR Communication. The unique key is why nothing is said twice: whoever tells of the same touch again finds the row there.';
comment on column message.touch is 'What it is about, such as report:<id> or tag:<code>:<moment>; no personal data.';
comment on column message.values_sealed is 'What the template is filled with, until it is rendered at the moment of sending.';
comment on column message.content_sealed is 'Subject, text and HTML as sent; sealed, since they hold a name.';
comment on column message.next_at is 'When a sender looks at it next: the planned moment, the end of the quiet hours, the next try, or the end of a claim.';
comment on column message.possible_doubles is 'How often it was sent again after a try of which nobody knows whether it went out: an upper bound of the copies somebody may have got beyond one.';
comment on column message.uncertain is 'The last try broke off where the receiving server may already have taken the mail.';
create index message_due on message (organization_id, next_at) where state in ('planned', 'claimed', 'deferred');
create index message_of_patient on message (organization_id, patient_id, id desc);
create index message_doubled on message (organization_id, id) where possible_doubles > 0;
create index message_mailed on message (organization_id, sent_at) where channel = 'email' and sent_at is not null;
create unique index message_by_unsubscribe on message (organization_id, unsubscribe_index) where unsubscribe_index is not null;
call peiban_tenant_table('message');

create table message_event (
  organization_id uuid not null,
  message_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled', 'waiting', 'tried-again', 'moved', 'moved-back')),
  detail jsonb not null default '{}',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, message_id, id),
  foreign key (organization_id, message_id) references message (organization_id, id)
);
comment on table message_event is 'What became of a message, step by step; no address and no words of it.';
call peiban_tenant_table('message_event');
call peiban_append_only('message_event');

create table message_preference (
  organization_id uuid not null,
  patient_id uuid not null,
  purpose text not null check (purpose in ('service', 'care', 'promotion')),
  channel text not null check (channel ~ '^[a-z][a-z-]{1,19}$'),
  opted_out_at timestamptz,
  how text not null check (how in ('patient-word', 'unsubscribe-page', 'one-click', 'merge')),
  by_id uuid,
  by_name text not null,
  note text not null default '',
  message_id uuid,
  changed_at timestamptz not null,
  primary key (organization_id, patient_id, purpose, channel),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table message_preference is 'What a person does not want to get, by purpose and channel; opted_out_at is null once they want it again. Read at the moment of sending.';
call peiban_tenant_table('message_preference');

create table message_preference_event (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  purpose text not null,
  channel text not null,
  change text not null check (change in ('out', 'in')),
  how text not null,
  by_id uuid,
  by_name text not null,
  note text not null default '',
  message_id uuid,
  at timestamptz not null,
  primary key (organization_id, patient_id, id)
);
comment on table message_preference_event is 'Every opting out and in, as proof.';
call peiban_tenant_table('message_preference_event');
call peiban_append_only('message_preference_event');

create table message_address (
  organization_id uuid not null,
  address_index bytea not null,
  channel text not null,
  reason text not null,
  message_id uuid not null,
  since timestamptz not null,
  primary key (organization_id, channel, address_index)
);
comment on table message_address is 'Addresses that do not exist, as blind indexes: a person who gives another address is reached again by itself.';
call peiban_tenant_table('message_address');

create table message_move (
  organization_id uuid not null,
  merge_id uuid not null,
  message_id uuid not null,
  former_touch text not null,
  primary key (organization_id, merge_id, message_id)
);
comment on table message_move is 'Which messages a merge of two patients moved, so that undoing it moves these back and no others.';
call peiban_tenant_table('message_move');

create table staff_notice (
  organization_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  values jsonb not null default '{}',
  link text,
  source_key text not null,
  mail_state text not null default 'none' check (mail_state in ('none', 'planned', 'claimed', 'accepted', 'failed')),
  mail_sealed bytea,
  mail_attempts int not null default 0,
  mail_possible_doubles int not null default 0,
  mail_next_at timestamptz,
  mail_reply text,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (organization_id, id),
  constraint staff_notice_once unique (organization_id, staff_id, source_key),
  foreign key (organization_id, staff_id) references staff (organization_id, id),
  check ((mail_state in ('planned', 'claimed')) = (mail_next_at is not null))
);
comment on table staff_notice is 'What a member of staff is told; the words are in the locales by kind. A mail with it names no patient.';
comment on column staff_notice.mail_sealed is 'A mail with words of its own (the trial of a template); else the words come from the locales.';
create index staff_notice_of_staff on staff_notice (organization_id, staff_id, id desc);
create index staff_notice_unread on staff_notice (organization_id, staff_id) where read_at is null;
create index staff_notice_mail_due on staff_notice (organization_id, mail_next_at) where mail_state in ('planned', 'claimed');
call peiban_tenant_table('staff_notice');
