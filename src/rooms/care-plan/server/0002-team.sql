-- Those who look after a person together: notes for each other, the counsellor's own notes, meetings of several disciplines.

create table care_team_note (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  text text not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table care_team_note is 'A word that carers leave for each other when they hand over.';
create index care_team_note_of_patient on care_team_note (organization_id, patient_id, at desc);
call peiban_tenant_table('care_team_note');

create table counselling_note (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  held_on date not null,
  text_sealed bytea not null,
  because text not null default '',
  corrects uuid,
  superseded_by uuid,
  written_at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, author_id) references staff (organization_id, id),
  foreign key (organization_id, corrects) references counselling_note (organization_id, id)
);
comment on table counselling_note is 'What a counsellor notes of a conversation: read by its author alone, in no export, no search, no other room. A correction is a new row; the old one stays. The text is sealed.';
create unique index counselling_note_corrects on counselling_note (organization_id, corrects) where corrects is not null;
create index counselling_note_of_author on counselling_note (organization_id, patient_id, author_id, held_on desc) where superseded_by is null;
call peiban_tenant_table('counselling_note');

create table mdt_meeting (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  state text not null default 'draft' check (state in ('draft', 'signed')),
  held_on date not null,
  chair_id uuid not null,
  members jsonb not null,
  question text not null,
  material text not null,
  conclusion text not null,
  tasks jsonb not null default '[]',
  drafted_by uuid not null,
  drafted_by_name text not null,
  drafted_at timestamptz not null,
  signed_by_name text,
  signed_at timestamptz,
  revision int not null default 1,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, chair_id) references staff (organization_id, id)
);
comment on table mdt_meeting is 'A meeting of several disciplines about one person: who, question, material, conclusion, tasks. What its chair has signed never changes.';
create index mdt_meeting_of_patient on mdt_meeting (organization_id, patient_id, held_on desc);
call peiban_tenant_table('mdt_meeting');
