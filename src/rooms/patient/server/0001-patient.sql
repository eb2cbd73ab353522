-- The person looked after, and who looks after them.

create table patient (
  organization_id uuid not null references organization (id),
  id uuid not null,
  name text not null,
  sex text not null check (sex in ('male', 'female', 'other', 'unknown')),
  birth_date date,
  paper_kind text check (paper_kind in ('national-id', 'passport', 'hk-macau-permit', 'taiwan-permit', 'foreign-permanent', 'military', 'other')),
  paper_sealed bytea,
  paper_index bytea,
  paper_masked text,
  phone_sealed bytea,
  phone_index bytea,
  phone_masked text,
  email_sealed bytea,
  email_masked text,
  record_number text,
  guardian jsonb,
  level text not null default 'standard' check (level in ('standard', 'silver', 'gold', 'corporate')),
  source text not null default 'walk-in' check (source in ('walk-in', 'outpatient', 'health-check', 'corporate', 'referral', 'online', 'import', 'interface')),
  called text not null default '',
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  main_worry text not null default '',
  main_worry_at timestamptz,
  main_worry_by uuid,
  doctor_id uuid,
  manager_id uuid,
  counsellor_id uuid,
  search text[] not null default '{}',
  state text not null default 'active' check (state in ('active', 'deceased', 'merged')),
  deceased_on date,
  merged_into uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, doctor_id) references staff (organization_id, id),
  foreign key (organization_id, manager_id) references staff (organization_id, id),
  foreign key (organization_id, counsellor_id) references staff (organization_id, id)
);
comment on table patient is 'FHIR Patient. Identity papers, phone and e-mail are sealed; beside them a blind index to look them up and a mask to show.';
comment on column patient.record_number is 'The number in the hospital''s own system (病案号).';
comment on column patient.called is 'How the person likes to be called (S0-28).';
comment on column patient.main_worry is '患者最担心的事 (S0-26), shown first on the page.';
comment on column patient.search is 'Words to find the person by: name, parts of it, pinyin, initials; blind words for phone and papers. See search-words.ts.';
create unique index patient_by_paper on patient (organization_id, paper_index) where paper_index is not null and state <> 'merged';
create index patient_by_phone on patient (organization_id, phone_index) where phone_index is not null;
create index patient_by_record_number on patient (organization_id, record_number) where record_number is not null;
create index patient_by_doctor on patient (organization_id, doctor_id) where doctor_id is not null;
create index patient_by_manager on patient (organization_id, manager_id) where manager_id is not null;
create index patient_by_counsellor on patient (organization_id, counsellor_id) where counsellor_id is not null;
call peiban_tenant_table('patient');

create table patient_search (
  organization_id uuid not null,
  word text collate "C" not null,
  patient_id uuid not null,
  primary key (organization_id, word, patient_id)
);
comment on table patient_search is 'One row per word of patient.search, so that a prefix is a range of the primary key.';
create index patient_search_of_patient on patient_search (organization_id, patient_id);
call peiban_tenant_table('patient_search');

create table patient_access (
  organization_id uuid not null,
  patient_id uuid not null,
  staff_id uuid not null,
  because text not null,
  granted_by uuid,
  granted_at timestamptz not null,
  until timestamptz,
  primary key (organization_id, patient_id, staff_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table patient_access is 'Access beyond one''s own customers, given by a hand-over; ends with it.';
create index patient_access_of_staff on patient_access (organization_id, staff_id);
call peiban_tenant_table('patient_access');
