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
  guardian_phone_sealed bytea,
  guardian_phone_index bytea,
  level text not null default 'standard' check (level in ('standard', 'silver', 'gold', 'corporate')),
  source text not null default 'walk-in' check (source in ('walk-in', 'outpatient', 'health-check', 'corporate', 'referral', 'online', 'import', 'interface')),
  called text not null default '',
  preferences jsonb not null default '{}',
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  main_worry text not null default '',
  main_worry_at timestamptz,
  main_worry_by uuid,
  doctor_id uuid,
  manager_id uuid,
  counsellor_id uuid,
  state text not null default 'active' check (state in ('active', 'deceased', 'merged')),
  deceased_on date,
  merged_into uuid,
  version int not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, doctor_id) references staff (organization_id, id),
  foreign key (organization_id, manager_id) references staff (organization_id, id),
  foreign key (organization_id, counsellor_id) references staff (organization_id, id),
  foreign key (organization_id, merged_into) references patient (organization_id, id)
);
comment on table patient is 'FHIR Patient. Identity papers, phones and e-mail are sealed; beside them a blind index to look them up and a mask to show.';
comment on column patient.record_number is 'The number in the hospital''s own system (病案号).';
comment on column patient.guardian is 'Whoever answers for a child under 14: relation, name, masked phone; the phone itself is sealed beside it.';
comment on column patient.called is 'How the person likes to be called (S0-28).';
comment on column patient.preferences is 'Dialect, subjects to leave alone, good hours to call; religion only with a consent of its own (S0-28).';
comment on column patient.main_worry is '患者最担心的事 (S0-26), shown first on the page.';
create unique index patient_by_paper on patient (organization_id, paper_index) where paper_index is not null and state <> 'merged';
create index patient_by_former_paper on patient (organization_id, paper_index) where paper_index is not null and state = 'merged';
create index patient_by_phone on patient (organization_id, phone_index) where phone_index is not null;
create index patient_by_guardian_phone on patient (organization_id, guardian_phone_index) where guardian_phone_index is not null;
create index patient_by_record_number on patient (organization_id, record_number) where record_number is not null;
-- The id ends each index, so that a list of one's own customers is read in its order, newest first.
create index patient_by_doctor on patient (organization_id, doctor_id, id) where doctor_id is not null;
create index patient_by_manager on patient (organization_id, manager_id, id) where manager_id is not null;
create index patient_by_counsellor on patient (organization_id, counsellor_id, id) where counsellor_id is not null;
create index patient_without_doctor on patient (organization_id, id) where doctor_id is null and state = 'active';
create index patient_of_rare_level on patient (organization_id, level, id) where level <> 'standard';
create index patient_of_rare_state on patient (organization_id, state, id) where state <> 'active';
create index patient_by_source on patient (organization_id, source, id);
create index patient_by_creation on patient (organization_id, created_at);
create index patient_by_birth_date on patient (organization_id, birth_date);
call peiban_tenant_table('patient');

create table patient_search (
  organization_id uuid not null,
  word text collate "C" not null,
  patient_id uuid not null,
  primary key (organization_id, word, patient_id)
);
comment on table patient_search is 'Words to find a person by: name, given name, pinyin, initials, numbers; blind words for phones and papers (search-words.ts). One row a word, so that a prefix is a range of the primary key.';
-- The word stands in the index, so that a search among one's own customers never touches the table.
create index patient_search_of_patient on patient_search (organization_id, patient_id, word);
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
create index patient_access_ending on patient_access (organization_id, until) where until is not null;
call peiban_tenant_table('patient_access');

create table patient_change (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  kind text not null check (kind in ('registered', 'changed', 'worry', 'carers', 'deceased', 'death-corrected', 'merged', 'unmerged')),
  detail jsonb not null default '{}',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table patient_change is 'What was changed about a person, by whom: names of fields and reasons, former worries in full; no number in clear.';
create index patient_change_of_patient on patient_change (organization_id, patient_id, id desc);
call peiban_tenant_table('patient_change');
call peiban_append_only('patient_change');
