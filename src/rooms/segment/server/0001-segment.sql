-- Groups of people chosen by a condition, and who is in them.

create table segment (
  organization_id uuid not null references organization (id),
  id uuid not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  version int,
  owner_id uuid,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, owner_id) references staff (organization_id, id)
);
comment on table segment is 'FHIR Group: people chosen by a condition, to write to them or to count them. `version` is the one in force; null while there is only a draft.';
call peiban_tenant_table('segment');

create table segment_version (
  organization_id uuid not null,
  segment_id uuid not null,
  version int not null,
  state text not null check (state in ('draft', 'saved')),
  definition jsonb not null,
  author_id uuid,
  created_at timestamptz not null,
  saved_by uuid,
  saved_at timestamptz,
  primary key (organization_id, segment_id, version),
  foreign key (organization_id, segment_id) references segment (organization_id, id)
);
comment on table segment_version is 'Versions of a segment: name, purpose, mode and condition (contract/words.ts). A saved one is never edited.';
create unique index segment_draft on segment_version (organization_id, segment_id) where state = 'draft';
call peiban_tenant_table('segment_version');

create table segment_member (
  organization_id uuid not null,
  segment_id uuid not null,
  patient_id uuid not null,
  since_at timestamptz not null,
  left_at timestamptz,
  left_because text check (left_because in ('facts', 'fill', 'retired', 'merge', 'death')),
  merge_id uuid,
  primary key (organization_id, segment_id, patient_id, since_at),
  foreign key (organization_id, segment_id) references segment (organization_id, id)
);
comment on table segment_member is 'Who is in a segment since when, and who was: one row a stay. `merge_id`: the stay came, or ended, with the merge of two files.';
create unique index segment_member_now on segment_member (organization_id, segment_id, patient_id) where left_at is null;
create index segment_member_of_patient on segment_member (organization_id, patient_id, segment_id) where left_at is null;
create index segment_member_by_since on segment_member (organization_id, segment_id, since_at, patient_id) where left_at is null;
create index segment_member_moved on segment_member (organization_id, merge_id) where merge_id is not null;
call peiban_tenant_table('segment_member');

create table segment_size (
  organization_id uuid not null,
  segment_id uuid not null,
  day date not null,
  members int not null,
  counted_at timestamptz not null,
  primary key (organization_id, segment_id, day),
  foreign key (organization_id, segment_id) references segment (organization_id, id)
);
comment on table segment_size is 'How many were in a segment on each day: the last count of the day.';
call peiban_tenant_table('segment_size');

create table segment_fill (
  organization_id uuid not null references organization (id),
  id uuid not null,
  list_kind text not null check (list_kind in ('segment', 'worklist')),
  list_id uuid not null,
  version int not null,
  because text not null check (because in ('saved', 'refreshed', 'restored')),
  by_id uuid,
  asked_at timestamptz not null,
  filled_at timestamptz,
  entered int,
  left_count int,
  swept_to uuid,
  finished_at timestamptz,
  primary key (organization_id, id)
);
comment on table segment_fill is 'Each time a list was filled from its condition: who asked for it, when all who belong were in (`filled_at`), and how far the moments at which time alone turns the answer have been put into the agenda (`swept_to`). The job only wakes it.';
create index segment_fill_of_list on segment_fill (organization_id, list_id, id);
create unique index segment_fill_under_way on segment_fill (organization_id, list_id) where finished_at is null;
call peiban_tenant_table('segment_fill');
