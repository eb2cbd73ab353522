-- 干预方案: what a person and their carers have agreed to do, what was ticked, and who has signed it.

create table care_plan_template (
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
comment on table care_plan_template is 'FHIR PlanDefinition by version: what a care plan begins from. Written by one person, published by another; plans keep the version they were made from.';
create unique index care_plan_template_in_force on care_plan_template (organization_id, code) where state = 'active';
create unique index care_plan_template_draft on care_plan_template (organization_id, code) where state = 'draft';
call peiban_tenant_table('care_plan_template');

create table care_plan (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  kind text not null,
  title text not null,
  state text not null check (state in ('draft', 'active', 'paused', 'ended', 'discarded')),
  version int,
  started_on date,
  pauses jsonb not null default '[]',
  ended_on date,
  ended_at timestamptz,
  end_reason text,
  end_note text not null default '',
  submitted_at timestamptz,
  next_step_on date,
  adherence jsonb not null default '{"percent": null, "expected": 0, "done": 0, "partly": 0}',
  adherence_percent int,
  measured_on date,
  created_at timestamptz not null,
  created_by uuid,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  constraint care_plan_runs_signed check (state not in ('active', 'paused') or (version is not null and started_on is not null)),
  constraint care_plan_ends_with_reason check (state <> 'ended' or (end_reason is not null and ended_at is not null))
);
comment on table care_plan is 'FHIR CarePlan of one person. What it says stands in its versions; here stands how it goes.';
comment on column care_plan.pauses is 'Spans in which nothing was due: [{"from", "until"}], the last one open while it is paused.';
comment on column care_plan.adherence is 'As last measured, with its n; measured anew with each tick and once a day.';
comment on column care_plan.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from", "state"}].';
-- One open plan of a kind per person.
create unique index care_plan_kind_open on care_plan (organization_id, patient_id, kind) where state in ('draft', 'active', 'paused');
create index care_plan_of_patient on care_plan (organization_id, patient_id, created_at desc, id desc);
create index care_plan_running on care_plan (organization_id, started_on, id) where state in ('active', 'paused');
create index care_plan_waiting on care_plan (organization_id, submitted_at, id) where submitted_at is not null;
create index care_plan_step_due on care_plan (organization_id, next_step_on, id) where state = 'active' and next_step_on is not null;
create index care_plan_low on care_plan (organization_id, adherence_percent, id) where state = 'active' and adherence_percent is not null;
create index care_plan_ended on care_plan (organization_id, ended_at desc, id desc) where state = 'ended';
create index care_plan_unmeasured on care_plan (organization_id, measured_on, id) where state = 'active';
call peiban_tenant_table('care_plan');

create table care_plan_version (
  organization_id uuid not null,
  plan_id uuid not null,
  version int not null,
  state text not null check (state in ('draft', 'submitted', 'signed', 'discarded')),
  title text not null,
  content jsonb not null,
  template_code text,
  template_version int,
  same_reason text not null default '',
  cause jsonb,
  returned_note text not null default '',
  drafted_by uuid,
  drafted_by_name text not null,
  drafted_at timestamptz not null,
  submitted_at timestamptz,
  sign_task_key text,
  signed_by uuid,
  signed_by_name text,
  signed_at timestamptz,
  active_from date,
  similarity_percent int,
  revision int not null default 1,
  primary key (organization_id, plan_id, version),
  foreign key (organization_id, plan_id) references care_plan (organization_id, id),
  foreign key (organization_id, template_code, template_version) references care_plan_template (organization_id, code, version),
  constraint care_plan_version_signed check (state <> 'signed' or (signed_by is not null and signed_at is not null and active_from is not null))
);
comment on table care_plan_version is 'What a care plan says. A signed version never changes: what is to be otherwise is the next one, with the finding that caused it.';
comment on column care_plan_version.similarity_percent is 'How much is as its template proposes, kept when it was signed (S1-14).';
create unique index care_plan_version_open on care_plan_version (organization_id, plan_id) where state in ('draft', 'submitted');
call peiban_tenant_table('care_plan_version');

create table care_plan_step (
  organization_id uuid not null,
  plan_id uuid not null,
  day int not null,
  version int not null,
  title text not null,
  words text not null default '',
  due_on date not null,
  state text not null default 'ahead' check (state in ('ahead', 'due', 'done', 'cancelled')),
  task_id uuid,
  done_at timestamptz,
  primary key (organization_id, plan_id, day),
  foreign key (organization_id, plan_id) references care_plan (organization_id, id)
);
comment on table care_plan_step is 'Days of a plan on which somebody looks at it with the person; a round makes the task, the task ends the step.';
create index care_plan_step_ahead on care_plan_step (organization_id, due_on, plan_id) where state = 'ahead';
call peiban_tenant_table('care_plan_step');

create table care_plan_homework (
  organization_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  action jsonb not null,
  from_on date not null,
  until_on date,
  by_id uuid not null,
  by_name text not null,
  primary key (organization_id, id),
  foreign key (organization_id, plan_id) references care_plan (organization_id, id)
);
comment on table care_plan_homework is 'Exercises of the counsellor beside a plan; seen by all who see the plan, changed by the counsellor alone.';
create index care_plan_homework_of_plan on care_plan_homework (organization_id, plan_id);
call peiban_tenant_table('care_plan_homework');

create table care_plan_check_in (
  organization_id uuid not null,
  id uuid not null,
  plan_id uuid not null,
  action_key text not null,
  on_date date not null,
  outcome text not null check (outcome in ('done', 'partly', 'not-done')),
  value double precision,
  words text not null default '',
  by_kind text not null check (by_kind in ('patient', 'staff')),
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  replaced_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, plan_id) references care_plan (organization_id, id)
);
comment on table care_plan_check_in is 'What was ticked for one action on one day. A new tick takes the place of the former, which stays; the id is made up on the phone, so that sending twice ticks once.';
create unique index care_plan_check_in_stands on care_plan_check_in (organization_id, plan_id, on_date, action_key) where replaced_at is null;
call peiban_tenant_table('care_plan_check_in');

create table care_plan_reminder (
  organization_id uuid not null,
  patient_id uuid not null,
  wanted boolean not null,
  minute int not null check (minute between 0 and 1439),
  last_on date,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table care_plan_reminder is 'Who has asked to be reminded of what is not ticked yet, and at which minute of the day. Nobody is reminded without having asked.';
create index care_plan_reminder_due on care_plan_reminder (organization_id, minute) where wanted;
call peiban_tenant_table('care_plan_reminder');

create table care_plan_event (
  organization_id uuid not null,
  plan_id uuid not null,
  id uuid not null,
  kind text not null,
  version int,
  note text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, plan_id, id),
  foreign key (organization_id, plan_id) references care_plan (organization_id, id)
);
comment on table care_plan_event is 'The log of a plan: drafted, submitted, returned, signed, paused, resumed, ended.';
call peiban_tenant_table('care_plan_event');
call peiban_append_only('care_plan_event');
