-- The lifelong record: facts with source, author and time. Rows are added and superseded, never overwritten.

create table observation (
  organization_id uuid not null,
  patient_id uuid not null,
  code text not null,
  effective_at timestamptz not null,
  id uuid not null,
  value double precision,
  value_text text,
  comparator text check (comparator in ('<', '<=', '>', '>=')),
  unit text,
  low double precision,
  high double precision,
  range_text text,
  flag text check (flag in ('N', 'L', 'H', 'LL', 'HH', 'A')),
  method text,
  original jsonb,
  report_id uuid,
  source text not null,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_at timestamptz,
  superseded_because text,
  primary key (organization_id, patient_id, code, effective_at, id)
);
comment on table observation is 'FHIR Observation. `code` is a code of src/clinical, or `local:<system>|<code>` until somebody maps it. value is in the indicator''s own unit; `original` keeps what the laboratory sent when it differs. low and high are the laboratory''s own interval of this point.';
comment on column observation.flag is 'A = abnormal without direction (a text result).';
comment on column observation.source is 'lab | device | staff | patient | import; the report tells more.';
create index observation_of_report on observation (organization_id, report_id) where report_id is not null;
call peiban_tenant_table('observation');

create table report (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  category text not null check (category in ('laboratory', 'imaging', 'ecg', 'physical', 'health-check', 'other')),
  title text not null,
  status text not null check (status in ('preliminary', 'final', 'corrected', 'cancelled')),
  source_system text not null,
  source_report_id text not null,
  fingerprint bytea not null,
  effective_at timestamptz not null,
  issued_at timestamptz,
  performer text not null default '',
  finding text,
  impression text,
  intake_id uuid,
  version int not null default 1,
  superseded_by uuid,
  recorded_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table report is 'FHIR DiagnosticReport. A corrected report is a new row that supersedes the former one.';
create unique index report_once on report (organization_id, source_system, source_report_id) where superseded_by is null;
create index report_of_patient on report (organization_id, patient_id, effective_at desc);
call peiban_tenant_table('report');

create table condition (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  clinical_status text not null default 'active' check (clinical_status in ('active', 'remission', 'resolved')),
  onset_on date,
  abated_on date,
  note text not null default '',
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table condition is 'FHIR Condition; code is ICD-10 where known.';
create unique index condition_source on condition (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('condition');

create table procedure (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  kind text not null default 'other' check (kind in ('surgery', 'endoscopy', 'other')),
  performed_on date,
  note text not null default '',
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table procedure is 'FHIR Procedure; surgery anchors the visits of day 3 and day 7.';
create unique index procedure_source on procedure (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('procedure');

create table encounter (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  class text not null check (class in ('outpatient', 'inpatient', 'emergency', 'health-check', 'home', 'online')),
  title text not null default '',
  started_at timestamptz not null,
  ended_at timestamptz,
  department text not null default '',
  note text not null default '',
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table encounter is 'FHIR Encounter: visits, admissions, health checks.';
create unique index encounter_source on encounter (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('encounter');

create table medication (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  code text not null default '',
  name text not null,
  dose text not null default '',
  started_on date,
  ended_on date,
  note text not null default '',
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table medication is 'FHIR MedicationStatement.';
create unique index medication_source on medication (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('medication');

create table allergy (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  substance text not null,
  reaction text not null default '',
  severity text not null default 'unknown' check (severity in ('mild', 'moderate', 'severe', 'unknown')),
  noted_on date,
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table allergy is 'FHIR AllergyIntolerance.';
create unique index allergy_source on allergy (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('allergy');

create table family_history (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  relation text not null check (relation in ('father', 'mother', 'sibling', 'child', 'grandparent', 'other')),
  condition_code text not null default '',
  condition_name text not null,
  onset_age int,
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table family_history is 'FHIR FamilyMemberHistory.';
create unique index family_history_source on family_history (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('family_history');
