-- 用药提醒: what a person takes and when, and what became of each dose.

create table medication_schedule (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  medication_id uuid,
  state text not null default 'active' check (state in ('active', 'ended')),
  version int not null,
  next_at timestamptz,
  reminded_at timestamptz,
  watched_on date,
  ended_at timestamptz,
  end_reason text,
  end_note text not null default '',
  ended_by_name text,
  created_at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  constraint medication_schedule_ends_with_reason check ((state = 'ended') = (ended_at is not null and end_reason is not null))
);
comment on table medication_schedule is 'FHIR MedicationRequest with Dosage.timing, as agreed with the person: no prescription. What is taken stands in its versions.';
comment on column medication_schedule.medication_id is 'The medication of the record it was taken from; the words of it stand in the versions.';
comment on column medication_schedule.next_at is 'The next time at which somebody may have to be reminded; null: none.';
comment on column medication_schedule.reminded_at is 'When a reminder was last put into the ledger: so that it can be called back while it waits.';
comment on column medication_schedule.watched_on is 'The last day on which it was looked at for doses that were left out.';
comment on column medication_schedule.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create unique index medication_schedule_of_drug on medication_schedule (organization_id, patient_id, medication_id)
  where state = 'active' and medication_id is not null;
create index medication_schedule_of_patient on medication_schedule (organization_id, patient_id);
create index medication_schedule_due on medication_schedule (organization_id, next_at) where state = 'active' and next_at is not null;
create index medication_schedule_reminded on medication_schedule (organization_id, reminded_at) where reminded_at is not null;
create index medication_schedule_unwatched on medication_schedule (organization_id, watched_on) where state = 'active';
call peiban_tenant_table('medication_schedule');

create table medication_schedule_version (
  organization_id uuid not null,
  schedule_id uuid not null,
  version int not null check (version > 0),
  content jsonb not null,
  since timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (organization_id, schedule_id, version),
  foreign key (organization_id, schedule_id) references medication_schedule (organization_id, id)
);
comment on table medication_schedule_version is 'FHIR Dosage by version. A version counts for the times from `since` until the next one begins, so that a change never rewrites what was due before.';
call peiban_tenant_table('medication_schedule_version');
call peiban_append_only('medication_schedule_version');

create table medication_take (
  organization_id uuid not null,
  id uuid not null,
  schedule_id uuid not null,
  on_date date not null,
  minute int not null check (minute between 0 and 1439),
  outcome text not null check (outcome in ('taken', 'skipped')),
  reason text,
  words text not null default '',
  by_name text not null,
  ticked_at timestamptz not null,
  at timestamptz not null,
  replaced_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, schedule_id) references medication_schedule (organization_id, id),
  constraint medication_take_skipped_with_reason check ((outcome = 'skipped') = (reason is not null))
);
comment on table medication_take is 'FHIR MedicationAdministration as told by the person. A new note takes the place of the former, which stays; the id is made up on the phone, so that sending twice notes once.';
comment on column medication_take.ticked_at is 'By the phone''s clock; `at` is when it arrived.';
create unique index medication_take_stands on medication_take (organization_id, schedule_id, on_date, minute) where replaced_at is null;
call peiban_tenant_table('medication_take');

create table medication_reminder (
  organization_id uuid not null,
  patient_id uuid not null,
  off_since timestamptz,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table medication_reminder is 'Who has turned reminders of medicines off, for all of them at once.';
call peiban_tenant_table('medication_reminder');

create table medication_rule (
  organization_id uuid not null references organization (id),
  version int not null check (version > 0),
  policy jsonb not null,
  because text not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, version)
);
comment on table medication_rule is 'The house''s numbers by version; the newest counts. Without a row: content/medication-rule.json.';
call peiban_tenant_table('medication_rule');
call peiban_append_only('medication_rule');
