-- Whom patients let in to their own pages, and how these come in.

create table relative (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  name text not null,
  relation text not null check (relation in ('spouse', 'child', 'parent', 'sibling', 'grandchild', 'other-family', 'carer')),
  phone_sealed bytea not null,
  phone_index bytea not null,
  phone_masked text not null,
  scopes text[] not null check (scopes <@ array['view', 'ask', 'book'] and 'view' = any (scopes)),
  until_on date not null,
  token_hash bytea not null,
  invited_at timestamptz not null,
  invited_by uuid,
  invited_by_name text,
  word_kind text check (word_kind in ('in-person', 'phone', 'paper')),
  word_note text,
  confirmed_at timestamptz,
  last_seen_at timestamptz,
  ended_at timestamptz,
  ended_because text check (ended_because in ('patient', 'staff', 'relative', 'anew', 'died', 'merged', 'own-age')),
  ended_by_name text,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((ended_at is null) = (ended_because is null)),
  check ((invited_by is null) = (word_kind is null))
);
comment on table relative is 'FHIR RelatedPerson with Consent: somebody whom a patient has let in to their own pages, for what and until when. Only the hash of the link is kept; it opens nothing without a code from that phone.';
comment on column relative.invited_by is 'Staff who wrote down the patient''s word; null: the patient themselves, of a child under 14 the guardian.';
comment on column relative.confirmed_at is 'Their yes, by a code from their own phone; null: invited only.';
comment on column relative.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create unique index relative_once on relative (organization_id, patient_id, phone_index) where ended_at is null;
create index relative_of_patient on relative (organization_id, patient_id, invited_at desc);
create index relative_by_phone on relative (organization_id, phone_index) where ended_at is null;
call peiban_tenant_table('relative');

create table relative_code (
  organization_id uuid not null,
  id uuid not null,
  relative_id uuid not null,
  phone_index bytea not null,
  hash bytea not null,
  tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, relative_id) references relative (organization_id, id)
);
comment on table relative_code is 'Codes to phones of relatives, as keyed hashes. The last one of a relative counts, five tries, ten minutes.';
create index relative_code_of_relative on relative_code (organization_id, relative_id, created_at desc);
create index relative_code_of_phone on relative_code (organization_id, phone_index, created_at desc);
call peiban_tenant_table('relative_code');

create table relative_session (
  organization_id uuid not null references organization (id),
  id uuid not null,
  phone_index bytea not null,
  token_hash bytea not null,
  stays boolean not null,
  device text not null check (device in ('phone', 'computer')),
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
comment on table relative_session is 'Somebody who has proven their phone. It opens nobody''s pages by itself: each call looks anew whether the patient still lets that phone in, so what is taken back is closed at once.';
create index relative_session_expired on relative_session (organization_id, expires_at);
call peiban_tenant_table('relative_session');
