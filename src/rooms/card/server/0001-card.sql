-- The member's card: opened at the desk, activated by a code to the phone.

create table card (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  number text not null,
  state text not null default 'pending' check (state in ('pending', 'active', 'frozen', 'closed')),
  consents jsonb not null default '[]',
  opened_by uuid,
  opened_at timestamptz not null,
  activated_at timestamptz,
  closed_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table card is 'Membership (FHIR EpisodeOfCare). The number ends in a check digit; consents are what was last agreed to, with the version of the text.';
create index card_of_patient on card (organization_id, patient_id, id);
call peiban_tenant_table('card');

create table card_event (
  organization_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  kind text not null check (kind in ('opened', 'activated', 'frozen', 'unfrozen', 'closed', 'consents', 'moved', 'moved-back')),
  from_state text,
  to_state text not null,
  reason text not null default '',
  detail jsonb not null default '{}',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, card_id) references card (organization_id, id)
);
comment on table card_event is 'What happened to a card, with who and why; each answer to a consent is kept here.';
create index card_event_of_card on card_event (organization_id, card_id, at);
-- A card is opened once and activated once, whatever comes at the same moment.
create unique index card_event_once on card_event (organization_id, card_id, kind) where kind in ('opened', 'activated', 'closed');
create index card_event_of_merge on card_event (organization_id, (detail ->> 'mergeId')) where kind = 'moved';
call peiban_tenant_table('card_event');
call peiban_append_only('card_event');

create table card_code (
  organization_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  phone_index bytea not null,
  phone_masked text not null,
  hash bytea not null,
  tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, card_id) references card (organization_id, id)
);
comment on table card_code is 'Activation codes, as keyed hashes. The last one of a card counts, five tries, ten minutes.';
create index card_code_of_card on card_code (organization_id, card_id, created_at desc);
create index card_code_of_phone on card_code (organization_id, phone_index, created_at desc);
call peiban_tenant_table('card_code');

create table card_demo_outbox (
  organization_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  patient_id uuid not null,
  code_id uuid not null,
  phone_masked text not null,
  text_sealed bytea not null,
  created_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, code_id) references card_code (organization_id, id)
);
comment on table card_demo_outbox is 'Texts with codes, sealed: read by whoever carries messages, and shown at the desk while nobody does.';
create index card_demo_outbox_recent on card_demo_outbox (organization_id, created_at desc);
call peiban_tenant_table('card_demo_outbox');
