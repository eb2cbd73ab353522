-- 电话随访台: who is on the telephone with whom, how calls went, when again, and whom nobody calls.

create table call_session (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  subject_kind text not null check (subject_kind in ('follow-up', 'task')),
  subject_id uuid not null,
  title_zh text not null,
  title_en text not null,
  request text not null default '',
  due_on date not null,
  until_on date not null,
  script jsonb,
  tries int not null,
  key uuid not null,
  staff_id uuid not null,
  staff_name text not null,
  department_id uuid,
  state text not null check (state in ('claimed', 'talking', 'ended', 'handed-back', 'expired')),
  because text not null default '',
  claimed_at timestamptz not null,
  claimed_until timestamptz not null,
  talk_began_at timestamptz,
  talk_ended_at timestamptz,
  outcome text check (outcome in ('reached', 'no-answer', 'busy', 'switched-off', 'wrong-number', 'call-back', 'refused', 'family-answered')),
  answered_by text check (answered_by in ('self', 'family', 'other')),
  note text not null default '',
  hand_back_reason text,
  next_at timestamptz,
  lost boolean not null default false,
  completed boolean not null default false,
  handed_over boolean not null default false,
  ended_at timestamptz,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  constraint call_session_key unique (organization_id, key),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, staff_id) references staff (organization_id, id),
  check ((state = 'ended') = (outcome is not null)),
  check ((state in ('claimed', 'talking')) = (ended_at is null)),
  check (talk_ended_at is null or talk_began_at is not null)
);
comment on table call_session is 'A call (FHIR Communication): taken, talked, ended with an outcome, or given back. What is taken is nobody else''s until it ends, is given back or expires.';
comment on column call_session.title_zh is 'What it was about when it was taken: the follow-up may be done, and its protocol changed, before anybody looks again.';
comment on column call_session.department_id is 'Where the caller stood at that time: figures are by team.';
comment on column call_session.completed is 'What the call was about was done by its end: the form of the follow-up, the task.';
comment on column call_session.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
-- What makes "never twice" true: a person is on one telephone at most, and so is whoever calls.
create unique index call_session_of_patient_now on call_session (organization_id, patient_id) where state in ('claimed', 'talking');
create unique index call_session_of_staff_now on call_session (organization_id, staff_id) where state in ('claimed', 'talking');
create index call_session_of_patient on call_session (organization_id, patient_id, claimed_at desc);
create index call_session_ended on call_session (organization_id, ended_at, id) where state = 'ended';
create index call_session_of_staff on call_session (organization_id, staff_id, ended_at) where state = 'ended';
create index call_session_expiring on call_session (organization_id, claimed_until) where state in ('claimed', 'talking');
call peiban_tenant_table('call_session');

create table call_subject (
  organization_id uuid not null,
  kind text not null check (kind in ('follow-up', 'task')),
  id uuid not null,
  patient_id uuid not null,
  tries int not null default 0,
  vain int not null default 0,
  next_at timestamptz,
  promised boolean not null default false,
  hold text check (hold in ('spent', 'refused', 'wrong-number')),
  changed_at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, kind, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table call_subject is 'What calls about a follow-up or a task have come to: when again, or that somebody has to decide first.';
comment on column call_subject.promised is 'The time was promised to the person.';
create index call_subject_held on call_subject (organization_id, patient_id) where hold is not null;
create index call_subject_waiting on call_subject (organization_id, patient_id) where next_at is not null;
call peiban_tenant_table('call_subject');

create table do_not_call (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  reason text not null check (reason in ('opt-out', 'complaint', 'crisis', 'wrong-number', 'other', 'deceased')),
  note text not null default '',
  since timestamptz not null,
  until timestamptz,
  by_id uuid,
  by_name text not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_by_name text,
  lifted_because text,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((lifted_at is null) = (lifted_because is null))
);
comment on table do_not_call is 'Whom nobody calls, why and until when. Lifted, a row stays as it was.';
create unique index do_not_call_once on do_not_call (organization_id, patient_id, reason) where lifted_at is null;
create index do_not_call_newest on do_not_call (organization_id, id desc) where lifted_at is null;
call peiban_tenant_table('do_not_call');

create table call_rule (
  organization_id uuid not null references organization (id),
  version int not null check (version > 0),
  policy jsonb not null,
  because text not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, version)
);
comment on table call_rule is 'When people are called and when again, by version; the newest counts. Without a row: content/call-rules.json.';
call peiban_tenant_table('call_rule');
call peiban_append_only('call_rule');
