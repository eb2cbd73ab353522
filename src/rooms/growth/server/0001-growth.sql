-- Growth of children: which reference shows them, what is known beside the measurements, and the programme 长高管理.
-- Measurements themselves are observations of the record.

create table growth_reference (
  organization_id uuid not null references organization (id),
  code text not null,
  version text not null,
  state text not null check (state in ('waiting', 'active', 'retired')),
  title_zh text not null,
  title_en text not null,
  source text not null,
  licence text not null,
  pack jsonb not null,
  imported_by uuid,
  imported_by_name text not null,
  imported_at timestamptz not null,
  confirmed_by uuid,
  confirmed_by_name text,
  confirmed_at timestamptz,
  primary key (organization_id, code, version),
  check (confirmed_by is null or confirmed_by <> imported_by)
);
comment on table growth_reference is 'Growth references that the organization brought and has the right to. A version never changes; it counts once a second person, a physician, has confirmed it.';
create unique index growth_reference_in_force on growth_reference (organization_id, code) where state = 'active';
call peiban_tenant_table('growth_reference');

create table growth_profile (
  organization_id uuid not null,
  patient_id uuid not null,
  father_cm double precision,
  mother_cm double precision,
  parents_measured boolean not null default false,
  gestation_weeks int check (gestation_weeks between 22 and 44),
  reference text not null,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  moved jsonb not null default '[]',
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table growth_profile is 'What a child''s curve is read with: parents'' heights, weeks of pregnancy, and the reference by its code.';
comment on column growth_profile.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index growth_profile_of_reference on growth_profile (organization_id, reference);
call peiban_tenant_table('growth_profile');

create table growth_bone_age (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  film_on date not null,
  bone_years double precision not null,
  method text not null check (method in ('greulich-pyle', 'tw3', 'chn', 'china-05', 'other')),
  reader text not null,
  note text not null default '',
  recorded_at timestamptz not null,
  recorded_by uuid,
  recorded_by_name text not null,
  corrects uuid,
  superseded_by uuid,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, corrects) references growth_bone_age (organization_id, id)
);
comment on table growth_bone_age is 'Bone ages as somebody read them from a film: method and reader with each. A correction is a new row, and the old one names it.';
create unique index growth_bone_age_corrects on growth_bone_age (organization_id, corrects) where corrects is not null;
create index growth_bone_age_of_patient on growth_bone_age (organization_id, patient_id, film_on);
call peiban_tenant_table('growth_bone_age');

create table growth_enrolment (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  state text not null default 'active' check (state in ('active', 'ended')),
  started_on date not null,
  ends_on date not null,
  own_consent_from date not null,
  has_own_consent boolean not null default false,
  next_on date,
  ended_on date,
  end_reason text check (end_reason in ('withdrawn', 'age-reached', 'completed', 'moved-away', 'merged', 'died', 'other')),
  end_note text not null default '',
  version int not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  created_by_name text not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((state = 'ended') = (ended_on is not null and end_reason is not null))
);
comment on table growth_enrolment is 'FHIR EpisodeOfCare of 长高管理: from 7 to 15, with the young person''s wish to 18. next_on is when the next measurement is due.';
comment on column growth_enrolment.own_consent_from is 'The 14th birthday: from then on only the young person''s own consent carries the programme.';
create unique index growth_enrolment_once on growth_enrolment (organization_id, patient_id) where state = 'active';
create index growth_enrolment_of_patient on growth_enrolment (organization_id, patient_id, id desc);
-- The list of who is due, and the rounds.
create index growth_enrolment_due on growth_enrolment (organization_id, next_on, id) where state = 'active';
create index growth_enrolment_own_consent on growth_enrolment (organization_id, own_consent_from) where state = 'active' and not has_own_consent;
create index growth_enrolment_ending on growth_enrolment (organization_id, ends_on) where state = 'active';
call peiban_tenant_table('growth_enrolment');

create table growth_consent (
  organization_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  relation text not null check (relation in ('father', 'mother', 'grandparent', 'other-guardian', 'self')),
  name text not null,
  given_on date not null,
  way text not null check (way in ('paper', 'in-person', 'phone')),
  text_version text not null,
  guardian_told_on date,
  recorded_at timestamptz not null,
  recorded_by uuid,
  recorded_by_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by_name text,
  withdrawn_recorded_by uuid,
  withdrawn_because text not null default '',
  primary key (organization_id, id),
  foreign key (organization_id, enrolment_id) references growth_enrolment (organization_id, id),
  check ((withdrawn_at is null) = (withdrawn_by_name is null))
);
comment on table growth_consent is 'FHIR Consent: who agreed to the programme, when, to which text; from 14 the young person''s own, and when the guardian was told of it.';
create index growth_consent_of_enrolment on growth_consent (organization_id, enrolment_id, given_on);
call peiban_tenant_table('growth_consent');

create table growth_item (
  organization_id uuid not null,
  id uuid not null,
  enrolment_id uuid not null,
  module text not null check (module in ('assessment', 'tcm', 'family', 'exercise', 'psychology')),
  title text not null,
  due_on date,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  result text not null default '',
  done_on date,
  done_by uuid,
  done_by_name text,
  created_at timestamptz not null,
  created_by_name text not null,
  version int not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, enrolment_id) references growth_enrolment (organization_id, id)
);
comment on table growth_item is 'What is planned in the five modules of 长高管理, and what came of it.';
create index growth_item_of_enrolment on growth_item (organization_id, enrolment_id, id);
create index growth_item_open on growth_item (organization_id, enrolment_id, due_on) where state = 'open';
call peiban_tenant_table('growth_item');

create table growth_stage (
  organization_id uuid not null,
  enrolment_id uuid not null,
  year int not null check (year between 1 and 11),
  from_on date not null,
  to_on date not null,
  height_from_cm double precision,
  height_to_cm double precision,
  note text not null,
  marked_on date not null,
  marked_by uuid,
  marked_by_name text not null,
  primary key (organization_id, enrolment_id, year),
  foreign key (organization_id, enrolment_id) references growth_enrolment (organization_id, id)
);
comment on table growth_stage is 'A year of the programme summed up, with the heights at its ends as they stood then. What was marked does not change.';
call peiban_tenant_table('growth_stage');
call peiban_append_only('growth_stage');
