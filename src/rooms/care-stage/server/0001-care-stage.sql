-- Where a person stands on the way, and what was done there.

create table patient_stage (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  stage text not null,
  content_version int not null,
  entered_on date not null,
  entered_at timestamptz not null,
  entered_by uuid,
  entered_by_name text not null,
  because text not null default '',
  left_on date,
  left_at timestamptz,
  left_open text[] not null default '{}',
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((left_on is null) = (left_at is null))
);
comment on table patient_stage is 'FHIR EpisodeOfCare: a stage somebody stands or stood in.';
comment on column patient_stage.because is 'Why it was entered against the usual way, or while the stage before had things left to do.';
comment on column patient_stage.left_open is 'Items that had to be done and were not when it was left.';
comment on column patient_stage.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from", "open"}].';
create unique index patient_stage_open on patient_stage (organization_id, patient_id) where left_at is null;
create index patient_stage_of_patient on patient_stage (organization_id, patient_id, entered_at desc);
create index patient_stage_standing on patient_stage (organization_id, stage, entered_on, id) where left_at is null;
call peiban_tenant_table('patient_stage');

create table patient_stage_tick (
  organization_id uuid not null,
  stage_id uuid not null,
  id uuid not null,
  item text not null,
  done boolean not null,
  note text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, stage_id, id),
  foreign key (organization_id, stage_id) references patient_stage (organization_id, id)
);
comment on table patient_stage_tick is 'Something of a checklist was done, or that was taken back; the newest of an item stands.';
call peiban_tenant_table('patient_stage_tick');
call peiban_append_only('patient_stage_tick');
