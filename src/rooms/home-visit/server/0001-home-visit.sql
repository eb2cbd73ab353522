-- Visits to people's homes: what was found, who was there, photos that somebody agreed to.

create table home_visit (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  key uuid not null,
  follow_up_id uuid,
  task_id uuid,
  task_done boolean not null default false,
  state text not null default 'stands' check (state in ('stands', 'error')),
  error_because text not null default '',
  version int not null default 1,
  arrived_at timestamptz not null,
  staff_id uuid not null,
  staff_name text not null,
  recorded_at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, key),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table home_visit is 'A visit to somebody''s home (FHIR Encounter, class HH). What was found stands in home_visit_version.';
comment on column home_visit.key is 'Made by the page when its form was opened: sent twice, it stands once.';
comment on column home_visit.follow_up_id is 'The follow-up it was made for, whose form is filled in the room follow-up.';
comment on column home_visit.task_id is 'The task it was made for; closed with it where whoever visited might close it (task_done).';
comment on column home_visit.version is 'The version that stands.';
comment on column home_visit.arrived_at is 'Of the version that stands: what lists go by.';
comment on column home_visit.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index home_visit_of_patient on home_visit (organization_id, patient_id, arrived_at desc, id desc);
create index home_visit_newest on home_visit (organization_id, arrived_at desc, id desc);
create index home_visit_of_follow_up on home_visit (organization_id, follow_up_id) where follow_up_id is not null;
call peiban_tenant_table('home_visit');

create table home_visit_version (
  organization_id uuid not null,
  visit_id uuid not null,
  version int not null,
  outcome text not null check (outcome in ('seen', 'not-home', 'not-let-in')),
  arrived_at timestamptz not null,
  left_at timestamptz not null,
  place text not null check (place in ('known', 'other')),
  address_sealed bytea not null,
  position text not null check (position in ('shared', 'not-shared', 'unavailable')),
  position_sealed bytea,
  present text[] not null,
  present_note text not null,
  findings jsonb not null,
  seen text not null,
  next text not null,
  digest bytea not null,
  because text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, visit_id, version),
  foreign key (organization_id, visit_id) references home_visit (organization_id, id),
  check (left_at >= arrived_at),
  check ((position = 'shared') = (position_sealed is not null))
);
comment on table home_visit_version is 'What was written down of a visit, and each correction. The newest stands, none is changed.';
comment on column home_visit_version.position_sealed is 'Where about the phone was, to a hundred metres, sealed like the address; only where whoever visited shared it.';
comment on column home_visit_version.digest is 'Of what was sent: the same again is the same version.';
call peiban_tenant_table('home_visit_version');
call peiban_append_only('home_visit_version');

create table home_visit_photo_consent (
  organization_id uuid not null,
  visit_id uuid not null,
  number int not null,
  event text not null check (event in ('given', 'refused', 'withdrawn')),
  said_by text not null check (said_by in ('person', 'guardian', 'family')),
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (organization_id, visit_id, number),
  foreign key (organization_id, visit_id) references home_visit (organization_id, id)
);
comment on table home_visit_photo_consent is 'What somebody said to photos in their home (FHIR Consent); the last one counts.';
call peiban_tenant_table('home_visit_photo_consent');
call peiban_append_only('home_visit_photo_consent');

create table home_visit_photo (
  organization_id uuid not null,
  id uuid not null,
  visit_id uuid not null,
  key uuid not null,
  digest bytea not null,
  media text not null,
  width int not null,
  height int not null,
  size_bytes int not null,
  sealed_key bytea,
  sealed_bytes int not null,
  label text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null,
  deleted_at timestamptz,
  deleted_because text check (deleted_because in ('withdrawn', 'by-hand', 'error')),
  file_removed_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, visit_id, key),
  foreign key (organization_id, visit_id) references home_visit (organization_id, id),
  check ((deleted_at is null) = (deleted_because is null)),
  check ((deleted_at is null) = (sealed_key is not null))
);
comment on table home_visit_photo is 'A photo of a visit (FHIR Media). It lies in the file store, sealed with a key of its own; without the key nobody sees it again, whatever copies there are.';
comment on column home_visit_photo.digest is 'Of the bytes that were sent: the same key with others is refused.';
create index home_visit_photo_file_left on home_visit_photo (organization_id, id) where sealed_key is null and file_removed_at is null;
call peiban_tenant_table('home_visit_photo');
