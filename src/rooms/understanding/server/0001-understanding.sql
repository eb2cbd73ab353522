-- Understanding cards: what somebody has said of themselves, in their words.

create table understanding_entry (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  kind text not null check (kind in ('cares', 'worry', 'habit', 'decides', 'barrier', 'manner')),
  words text not null,
  speaker text not null check (speaker in ('person', 'family')),
  relation text not null default '',
  source text not null check (source in ('visit', 'phone', 'message', 'questionnaire', 'home-visit')),
  heard_on date not null,
  written_at timestamptz not null,
  written_by uuid,
  written_by_name text not null,
  corrects uuid,
  ended_at timestamptz,
  ended_by_name text,
  ended_by_patient boolean not null default false,
  ended_because text not null default '',
  corrected boolean not null default false,
  merge_id uuid,
  home_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table understanding_entry is 'What somebody, or their family, has said: what they care about, worry about, how they live, who decides, what gets in the way, how they wish to be spoken to. Their words, where and when they were heard. There is no column for what somebody could be talked into, and none may come.';
comment on column understanding_entry.corrects is 'The entry in whose place it stands.';
comment on column understanding_entry.home_id is 'With `merge_id`: from whose file the merge of two brought it.';
create index understanding_of_patient on understanding_entry (organization_id, patient_id, id desc);
create unique index understanding_corrected on understanding_entry (organization_id, corrects) where corrects is not null;
call peiban_tenant_table('understanding_entry');

create table understanding_act (
  organization_id uuid not null,
  id uuid not null,
  entry_id uuid not null,
  act text not null check (act in ('written', 'corrected', 'ended', 'restored')),
  by_patient boolean not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, entry_id) references understanding_entry (organization_id, id)
);
comment on table understanding_act is 'Who wrote, corrected, ended or restored an entry, and when.';
create index understanding_act_of_entry on understanding_act (organization_id, entry_id, id);
call peiban_tenant_table('understanding_act');
call peiban_append_only('understanding_act');
