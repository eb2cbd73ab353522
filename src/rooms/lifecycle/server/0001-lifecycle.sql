-- Relationship stages: their rules, where everybody stands, and how each came to stand there.

create table lifecycle_rule (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  definition jsonb not null,
  revision int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  published_at timestamptz,
  published_by uuid,
  published_by_name text,
  primary key (organization_id, code, version)
);
comment on table lifecycle_rule is 'What a relationship stage (`code`) means and what brings somebody into it, in versions (contract/words.ts).';
call peiban_tenant_table('lifecycle_rule');
call peiban_version_table('lifecycle_rule');

create table relationship (
  organization_id uuid not null,
  patient_id uuid not null,
  stage text not null,
  since_at timestamptz not null,
  rests_until date,
  revision int not null default 1,
  move_id uuid not null,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table relationship is 'Where somebody stands with the house now. One row a person.';
comment on column relationship.rests_until is 'Set back by a person: until this day rules leave them alone.';
comment on column relationship.move_id is 'The move that brought them there: the newest of relationship_move.';
create index relationship_in_stage on relationship (organization_id, stage, since_at, patient_id);
call peiban_tenant_table('relationship');

create table relationship_move (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  kind text not null check (kind in ('rule', 'hand', 'undo', 'resumed', 'merge', 'unmerge')),
  from_stage text,
  to_stage text not null,
  since_before timestamptz,
  rest_before date,
  rests_until date,
  rule_version int,
  facts jsonb not null default '[]',
  because text not null default '',
  undoes uuid,
  merge_id uuid,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check (kind <> 'hand' or because <> '')
);
comment on table relationship_move is 'Every move between relationship stages, who or what made it and why. Rows are added, never changed.';
comment on column relationship_move.since_before is 'With `from_stage` and `rest_before`: how it stood before, for taking it back.';
create index relationship_move_of_patient on relationship_move (organization_id, patient_id, id desc);
create unique index relationship_move_undone on relationship_move (organization_id, undoes) where undoes is not null;
create unique index relationship_move_of_merge on relationship_move (organization_id, merge_id, kind) where merge_id is not null;
call peiban_tenant_table('relationship_move');
call peiban_append_only('relationship_move');
