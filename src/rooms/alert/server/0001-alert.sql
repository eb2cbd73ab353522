-- 重要异常结果: rules that a named person has confirmed, who is on duty, and every alert with all that was done about it.

create table alert_rule (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  state text not null check (state in ('draft', 'confirmed', 'retired')),
  definition jsonb not null,
  owner_id uuid,
  author_id uuid,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  retired_at timestamptz,
  retired_by uuid,
  primary key (organization_id, code, version),
  constraint alert_rule_confirmed_by_owner check (state = 'draft' or (owner_id is not null and confirmed_at is not null)),
  foreign key (organization_id, owner_id) references staff (organization_id, id)
);
comment on table alert_rule is 'When a result is an important abnormal one (class A or B). Limits differ between hospitals, so each rule counts only from the moment at which its named owner has confirmed it; definition is contract/rule.ts.';
create unique index alert_rule_draft on alert_rule (organization_id, code) where state = 'draft';
create unique index alert_rule_in_force on alert_rule (organization_id, code) where state = 'confirmed';
call peiban_tenant_table('alert_rule');

create table alert_limit (
  organization_id uuid not null references organization (id),
  version int not null,
  limits jsonb not null,
  owner_id uuid not null,
  confirmed_at timestamptz not null,
  primary key (organization_id, version),
  foreign key (organization_id, owner_id) references staff (organization_id, id)
);
comment on table alert_limit is 'Within how many minutes an alert of each class is acknowledged, the person reached, the alert closed; the highest version counts, and who has confirmed it answers for it.';
call peiban_tenant_table('alert_limit');

create table alert_duty (
  organization_id uuid not null references organization (id),
  id uuid not null,
  staff_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  rank int not null default 1,
  phone text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  removed_by uuid,
  removed_at timestamptz,
  primary key (organization_id, id),
  constraint alert_duty_lasts check (until_at > from_at),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table alert_duty is 'Who is on duty for alerts, from when until when; rank 1 is told first, the next one when nobody answers in time.';
create index alert_duty_in_time on alert_duty (organization_id, until_at, from_at) where removed_at is null;
call peiban_tenant_table('alert_duty');

create table alert (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  class text not null check (class in ('A', 'B')),
  state text not null check (state in ('raised', 'handed-over', 'acknowledged', 'reached', 'closed')),
  source text not null,
  source_key text not null,
  title text not null,
  note text not null default '',
  rule_code text,
  rule_version int,
  code text,
  observation_id uuid,
  effective_at timestamptz not null,
  value double precision,
  comparator text,
  unit text,
  low double precision,
  high double precision,
  range_text text,
  flag text,
  raised_at timestamptz not null,
  due_at timestamptz,
  level int not null default 0,
  handler_id uuid,
  acknowledged_at timestamptz,
  reached_at timestamptz,
  corrected_at timestamptz,
  withdrawn boolean not null default false,
  closed_at timestamptz,
  closed_by uuid,
  result text,
  result_text text,
  result_on date,
  version int not null default 1,
  primary key (organization_id, id),
  constraint alert_once unique (organization_id, source, source_key),
  constraint alert_closed_with_result check (state <> 'closed' or (result is not null and result_text is not null and closed_at is not null)),
  constraint alert_open_has_clock check ((state = 'closed') = (due_at is null)),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, handler_id) references staff (organization_id, id)
);
comment on table alert is 'One important abnormal result of one person (FHIR DetectedIssue): raised, acknowledged, the person reached, closed. Nothing of it goes to the patient by itself.';
comment on column alert.value is 'The result with its own interval as it was when the alert was raised, or as it was corrected since; the record keeps both.';
comment on column alert.due_at is 'When somebody else is told if nothing has happened by then.';
comment on column alert.level is 'How often it has been passed on since it last changed hands.';
create index alert_due on alert (organization_id, due_at) where state <> 'closed';
create index alert_of_patient on alert (organization_id, patient_id, raised_at desc, id desc);
create index alert_in_time on alert (organization_id, raised_at desc, id desc);
create index alert_of_observation on alert (organization_id, patient_id, observation_id) where state <> 'closed' and observation_id is not null;
call peiban_tenant_table('alert');

create table alert_result (
  organization_id uuid not null,
  rule_code text not null,
  observation_id uuid not null,
  alert_id uuid not null,
  noted_at timestamptz not null,
  primary key (organization_id, rule_code, observation_id)
);
comment on table alert_result is 'Which results have raised which alert: the same result never raises the same rule twice, however often it is told.';
call peiban_tenant_table('alert_result');

create table alert_recipient (
  organization_id uuid not null,
  alert_id uuid not null,
  staff_id uuid not null,
  why text not null check (why in ('duty', 'next', 'lead', 'permitted', 'handed-over', 'took-over')),
  task_id uuid,
  told_at timestamptz not null,
  primary key (organization_id, alert_id, staff_id),
  foreign key (organization_id, alert_id) references alert (organization_id, id),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table alert_recipient is 'Who was told of an alert, and why. Whoever was told may see it, also where the person is not theirs.';
create index alert_recipient_of_staff on alert_recipient (organization_id, staff_id, alert_id);
call peiban_tenant_table('alert_recipient');

create table alert_attempt (
  organization_id uuid not null,
  id uuid not null,
  alert_id uuid not null,
  outcome text not null check (outcome in ('reached', 'no-answer', 'busy', 'switched-off', 'wrong-number', 'refused')),
  relation text not null check (relation in ('self', 'spouse', 'child', 'parent', 'guardian', 'other')),
  person_name text not null default '',
  phone_masked text not null,
  read_back text not null default '',
  note text not null default '',
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  constraint alert_attempt_read_back check (outcome <> 'reached' or length(read_back) >= 2),
  foreign key (organization_id, alert_id) references alert (organization_id, id)
);
comment on table alert_attempt is 'One try to reach the person. Reached means told and read back in their own words; the number is kept masked.';
create index alert_attempt_of_alert on alert_attempt (organization_id, alert_id, at);
call peiban_tenant_table('alert_attempt');
call peiban_append_only('alert_attempt');

create table alert_event (
  organization_id uuid not null,
  alert_id uuid not null,
  version int not null,
  kind text not null check (kind in ('raised', 'repeated', 'acknowledged', 'attempted', 'reached', 'handed-over', 'took-over', 'escalated', 'reminded', 'corrected', 'withdrawn', 'closed', 'patient-died', 'merged', 'unmerged')),
  from_state text,
  to_state text not null,
  told jsonb not null default '[]',
  note text not null default '',
  detail jsonb not null default '{}',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, alert_id, version),
  foreign key (organization_id, alert_id) references alert (organization_id, id)
);
comment on table alert_event is 'The log of an alert, one line per version: who did what and when, and who was told.';
call peiban_tenant_table('alert_event');
call peiban_append_only('alert_event');
