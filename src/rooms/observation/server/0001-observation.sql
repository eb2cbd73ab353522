-- The lifelong record: facts with source, author and time. Rows are added and superseded, never overwritten.
--
-- In every table here: superseded_by names the fact that stands in place of this one (an observation of a corrected
-- report names the new report); a fact that names itself was withdrawn and nothing stands in its place. So
-- `superseded_by is null` is what holds today. source_id is the fact's key in its source.

-- Holds every table of facts: who replaces a fact says so once, and nothing else of it ever changes. The patient
-- changes only along a merge that somebody decided, or back along one that was undone.
create function record_keep_fact() returns trigger language plpgsql as $$
declare
  kept record;
begin
  if tg_op = 'DELETE' then
    raise exception '% is append-only', tg_table_name using errcode = 'PB001';
  end if;
  kept := new;
  kept.patient_id := old.patient_id;
  if old.superseded_by is null then
    kept.superseded_by := old.superseded_by;
    kept.superseded_at := old.superseded_at;
    kept.superseded_author_id := old.superseded_author_id;
    kept.superseded_because := old.superseded_because;
  end if;
  if kept is distinct from old then
    raise exception '% is append-only: facts are superseded, once', tg_table_name using errcode = 'PB001';
  end if;
  if new.patient_id <> old.patient_id and not exists (
    select from patient_merge m where m.organization_id = old.organization_id
      and ((m.from_id = old.patient_id and m.into_id = new.patient_id and m.undone_at is null)
        or (m.into_id = old.patient_id and m.from_id = new.patient_id and m.undone_at is not null)))
  then
    raise exception '% changes its patient only along a merge', tg_table_name using errcode = 'PB001';
  end if;
  return new;
end $$;

create procedure record_fact_table(name regclass)
  language plpgsql as $$
begin
  execute format('alter table %s add check ((superseded_by is null) = (superseded_at is null))', name);
  execute format('create trigger keep_fact before update or delete on %s for each row execute function record_keep_fact()', name);
  execute format('create trigger keep_facts before truncate on %s for each statement execute function peiban_refuse_change()', name);
  execute format('revoke delete, truncate on %s from peiban_app', name);
end $$;

-- Whose record a fact belongs to today: the end of the chain of merges.
create function record_owner(organization uuid, patient uuid) returns uuid
  language sql stable
  return (with recursive chain (id, merged_into, hop) as (
    select p.id, p.merged_into, 0 from patient p where p.organization_id = organization and p.id = patient
    union all
    select p.id, p.merged_into, c.hop + 1 from chain c join patient p on p.organization_id = organization and p.id = c.merged_into
    where c.hop < 20
  ) select id from chain order by hop desc limit 1);

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
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, code, effective_at, id)
);
comment on table observation is 'FHIR Observation. `code` is a code of src/clinical, or `local:<system>|<code>` until somebody maps it. value is in the indicator''s own unit; `original` keeps what the laboratory sent when it differs. low and high are the laboratory''s own interval of this point.';
comment on column observation.flag is 'A = abnormal without direction (a text result).';
comment on column observation.source is 'lab | device | staff | patient | import; the report tells more.';
create index observation_of_report on observation (organization_id, report_id) where report_id is not null;
-- What nurses, forms and devices enter has no report; the timeline reads it by day. Laboratories' rows do not pay for it.
create index observation_in_time on observation (organization_id, patient_id, effective_at) where report_id is null;
call peiban_tenant_table('observation');
call record_fact_table('observation');

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
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table report is 'FHIR DiagnosticReport. A corrected report is a new row that supersedes the former one.';
create unique index report_once on report (organization_id, source_system, source_report_id) where superseded_by is null;
-- Sources send old versions again; they are known by these.
create index report_former on report (organization_id, source_system, source_report_id) where superseded_by is not null;
create index report_of_patient on report (organization_id, patient_id, effective_at desc, id desc);
call peiban_tenant_table('report');
call record_fact_table('report');

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
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table condition is 'FHIR Condition; code is ICD-10 where known.';
create unique index condition_source on condition (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('condition');
call record_fact_table('condition');

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
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table procedure is 'FHIR Procedure; surgery anchors the visits of day 3 and day 7.';
create unique index procedure_source on procedure (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('procedure');
call record_fact_table('procedure');

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
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table encounter is 'FHIR Encounter: visits, admissions, health checks.';
create unique index encounter_source on encounter (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('encounter');
call record_fact_table('encounter');

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
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table medication is 'FHIR MedicationStatement.';
create unique index medication_source on medication (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('medication');
call record_fact_table('medication');

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
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table allergy is 'FHIR AllergyIntolerance.';
create unique index allergy_source on allergy (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('allergy');
call record_fact_table('allergy');

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
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table family_history is 'FHIR FamilyMemberHistory.';
create unique index family_history_source on family_history (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('family_history');
call record_fact_table('family_history');

create table absence (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  about text not null check (about in ('condition', 'procedure', 'medication', 'allergy', 'family-history')),
  source text not null,
  source_id text,
  author_id uuid,
  recorded_at timestamptz not null,
  superseded_by uuid,
  superseded_at timestamptz,
  superseded_author_id uuid,
  superseded_because text,
  primary key (organization_id, patient_id, id)
);
comment on table absence is 'Asked, and there is none: no known allergy, no operation so far. FHIR says it by emptyReason or a code such as SNOMED 716186003. A fact of the kind that is added later supersedes it.';
create unique index absence_standing on absence (organization_id, patient_id, about) where superseded_by is null;
create unique index absence_source on absence (organization_id, patient_id, source, source_id) where source_id is not null and superseded_by is null;
call peiban_tenant_table('absence');
call record_fact_table('absence');

create table record_move (
  organization_id uuid not null,
  merge_id uuid not null,
  kind text not null,
  fact_ids uuid[] not null,
  moved_at timestamptz not null,
  undone_at timestamptz,
  primary key (organization_id, merge_id, kind)
);
comment on table record_move is 'Which facts a merge of two patients moved, so that undoing it takes back exactly those and what has replaced them since.';
call peiban_tenant_table('record_move');
