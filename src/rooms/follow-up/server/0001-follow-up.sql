-- 随访: protocols over time, the plans that run by them, visits, attempts and answers.

create table protocol (
  organization_id uuid not null references organization (id),
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,58}$'),
  version int not null check (version >= 1),
  state text not null check (state in ('draft', 'published', 'retired')),
  definition jsonb not null,
  origin text not null default 'organization' check (origin in ('shipped', 'organization')),
  running text check (running in ('leave', 'next-step', 're-plan')),
  author_id uuid,
  created_at timestamptz not null,
  published_by uuid,
  published_at timestamptz,
  retired_at timestamptz,
  primary key (organization_id, code, version)
);
comment on table protocol is 'FHIR PlanDefinition: versions of follow-up protocols; see contract/protocol.ts for the form of `definition`. A published version is never edited.';
comment on column protocol.running is 'What its publication decided about the plans that were running.';
create unique index protocol_published on protocol (organization_id, code) where state = 'published';
create unique index protocol_draft on protocol (organization_id, code) where state = 'draft';
call peiban_tenant_table('protocol');

create table plan_run (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  protocol_code text not null,
  protocol_version int not null,
  entry_key text not null,
  anchor_on date not null,
  state text not null check (state in ('active', 'completed', 'exited')),
  exit_reason text check (exit_reason in ('death', 'refusal', 'lost', 'moved-away', 'switched', 'by-hand', 'not-applicable', 'merged')),
  exit_note text not null default '',
  switch_to int,
  switch_how text check (switch_how in ('next-step', 're-plan')),
  started_at timestamptz not null,
  started_by uuid,
  started_by_name text not null,
  ended_at timestamptz,
  ended_by uuid,
  ended_by_name text,
  version int not null default 1,
  primary key (organization_id, id),
  check ((state = 'active') = (ended_at is null)),
  check ((state = 'exited') = (exit_reason is not null)),
  check ((switch_to is null) = (switch_how is null)),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, protocol_code, protocol_version) references protocol (organization_id, code, version)
);
comment on table plan_run is 'FHIR CarePlan: a protocol at work for a person. It pins the version it runs by.';
comment on column plan_run.entry_key is 'What brought the person in: the same surgery, or the same episode of a tag, starts one plan only.';
comment on column plan_run.switch_to is 'The version it goes over to, with its next step or at once.';
create unique index plan_run_active on plan_run (organization_id, patient_id, protocol_code) where state = 'active';
create unique index plan_run_entry on plan_run (organization_id, patient_id, protocol_code, entry_key);
create index plan_run_of_protocol on plan_run (organization_id, protocol_code, protocol_version, patient_id) where state = 'active';
call peiban_tenant_table('plan_run');

create table plan_run_event (
  organization_id uuid not null,
  run_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('started', 'completed', 'exited', 'resumed', 'version-switched', 're-planned', 'moved', 'moved-back')),
  detail jsonb not null default '{}',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, run_id, id),
  foreign key (organization_id, run_id) references plan_run (organization_id, id)
);
comment on table plan_run_event is 'What happened to a running plan, by whom.';
call peiban_tenant_table('plan_run_event');
call peiban_append_only('plan_run_event');

create table form_answer (
  organization_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  patient_id uuid not null,
  version int not null,
  form_code text not null,
  form_version int not null,
  answers jsonb not null,
  extracted jsonb not null default '{}',
  because text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, occurrence_id, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table form_answer is 'FHIR QuestionnaireResponse. Never changed: a correction is the next version, with its reason. patient_id is of the time of writing; the occurrence follows a merge.';
comment on column form_answer.extracted is 'Indicator → id of the observation that the answer became.';
call peiban_tenant_table('form_answer');
call peiban_append_only('form_answer');

create table occurrence (
  organization_id uuid not null,
  id uuid not null,
  run_id uuid not null,
  patient_id uuid not null,
  step text not null,
  track text not null,
  sequence int not null check (sequence >= 1),
  window_from date not null,
  due_on date not null,
  window_until date not null,
  rank smallint not null default 2,
  state text not null check (state in ('planned', 'due', 'done', 'done-late', 'missed', 'cancelled')),
  reason text not null default '',
  way text check (way in ('clinic', 'home', 'phone', 'video')),
  class text,
  proposed_class text,
  action text,
  proposed_action text,
  actual_on date,
  back_entered boolean not null default false,
  form_answer_id uuid,
  task_id uuid,
  attempts int not null default 0,
  call_back_at timestamptz,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, run_id, step, sequence),
  constraint occurrence_in_track unique (organization_id, run_id, track, sequence),
  check (window_from <= due_on and due_on <= window_until),
  check ((state in ('done', 'done-late')) = (actual_on is not null)),
  check ((state in ('planned', 'due')) = (settled_at is null)),
  foreign key (organization_id, run_id) references plan_run (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table occurrence is 'One follow-up: FHIR Task with restriction.period as window. planned, due, done, done-late (completed, entered after its window), missed (its window passed; may still be entered), cancelled (with a reason).';
comment on column occurrence.back_entered is '补录: the visit took place on an earlier day than it was entered.';
comment on column occurrence.rank is '0 a look after a referral, 1 a look within two weeks, 2 the normal cycle.';
-- What makes "none twice" true: in one track of a plan one follow-up at most is open.
create unique index occurrence_open on occurrence (organization_id, run_id, track) where state in ('planned', 'due');
create index occurrence_of_patient on occurrence (organization_id, patient_id, due_on, id);
create index occurrence_working on occurrence (organization_id, rank, window_until, id) where state in ('due', 'missed');
call peiban_tenant_table('occurrence');

create table contact_attempt (
  organization_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  number int not null,
  patient_id uuid not null,
  channel text not null check (channel in ('phone', 'sms', 'wechat', 'email', 'visit')),
  outcome text not null check (outcome in ('reached', 'no-answer', 'busy', 'switched-off', 'wrong-number', 'call-back', 'refused', 'family-answered')),
  started_at timestamptz not null,
  ended_at timestamptz,
  note text not null default '',
  next_at timestamptz,
  because text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, occurrence_id, number),
  foreign key (organization_id, occurrence_id) references occurrence (organization_id, id)
);
comment on table contact_attempt is 'FHIR Communication: each try to reach a person, with its outcome. `because`: why there was one beyond those allowed.';
create index contact_attempt_of_patient on contact_attempt (organization_id, patient_id, at);
call peiban_tenant_table('contact_attempt');

create table referral (
  organization_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  patient_id uuid not null,
  reason_codes text[] not null,
  reason text not null default '',
  refer_to text not null default '',
  urgent boolean not null default false,
  check_id uuid,
  state text not null check (state in ('open', 'attended', 'not-attended', 'unknown')),
  outcome text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  settled_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, occurrence_id),
  foreign key (organization_id, occurrence_id) references occurrence (organization_id, id),
  foreign key (organization_id, check_id) references occurrence (organization_id, id)
);
comment on table referral is 'FHIR ServiceRequest: where a visit sent the person and why, and the look within two weeks that asks what came of it.';
create index referral_open on referral (organization_id, patient_id) where state = 'open';
create index referral_check on referral (organization_id, check_id) where check_id is not null;
call peiban_tenant_table('referral');

create table follow_up_move (
  organization_id uuid not null,
  merge_id uuid not null,
  run_id uuid not null,
  ended boolean not null,
  primary key (organization_id, merge_id, run_id),
  foreign key (organization_id, run_id) references plan_run (organization_id, id)
);
comment on table follow_up_move is 'Which plans a merge of two patients moved, and whether it ended them because the other had the same one.';
call peiban_tenant_table('follow_up_move');
