-- 满意度评价: whom we asked after a visit, what they answered, and the rules of asking.

create table satisfaction_rule (
  organization_id uuid not null references organization (id),
  version int not null,
  policy jsonb not null,
  on_since timestamptz,
  because text not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, version)
);
comment on table satisfaction_rule is 'Whether and how often people are asked after a visit; the newest version counts, and none of it before somebody has switched it on.';
comment on column satisfaction_rule.on_since is 'Since when it has been switched on without a break: visits that ended before are not asked about.';
call peiban_tenant_table('satisfaction_rule');
call peiban_append_only('satisfaction_rule');

create table satisfaction_visit (
  organization_id uuid not null,
  visit_kind text not null check (visit_kind in ('encounter', 'appointment')),
  visit_id uuid not null,
  patient_id uuid not null,
  class text not null,
  department text not null default '',
  closed_at timestamptz not null,
  decided_at timestamptz not null,
  state text not null check (state in ('asked', 'left-out')),
  reason text check (reason in ('recent', 'same-time', 'corrected', 'in-hospital', 'open-complaint', 'open-alert', 'no-way', 'gone')),
  invitation_id uuid,
  sent_at timestamptz,
  merge_ids uuid[] not null default '{}',
  primary key (organization_id, visit_kind, visit_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((state = 'left-out') = (reason is not null))
);
comment on table satisfaction_visit is 'A visit that is over and what was decided of it, once for ever: its person was asked, or left out and why. The key is what makes "once per visit" true.';
comment on column satisfaction_visit.invitation_id is 'The link of the room questionnaire by which they answer.';
comment on column satisfaction_visit.sent_at is 'When the letter left the house; null while it waits, or where the gate held it back: then they were not asked.';
create index satisfaction_visit_of_patient on satisfaction_visit (organization_id, patient_id, decided_at desc);
create index satisfaction_visit_sent on satisfaction_visit (organization_id, sent_at, visit_id) where sent_at is not null;
create index satisfaction_visit_decided on satisfaction_visit (organization_id, decided_at, visit_id);
create unique index satisfaction_visit_invitation on satisfaction_visit (organization_id, invitation_id) where invitation_id is not null;
call peiban_tenant_table('satisfaction_visit');

create table satisfaction_answer (
  organization_id uuid not null,
  response_id uuid not null,
  root_id uuid not null,
  patient_id uuid not null,
  visit_kind text,
  visit_id uuid,
  class text,
  department text not null default '',
  visited_on date,
  score int not null check (score between 1 and 5),
  about text,
  wants_contact boolean,
  complains boolean not null,
  has_words boolean not null,
  danger boolean not null,
  answered_at timestamptz not null,
  superseded_by uuid,
  complaint_id uuid,
  merge_ids uuid[] not null default '{}',
  primary key (organization_id, response_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table satisfaction_answer is 'What a rating came to: the score and what was ticked. The words stay with the answer in the room questionnaire and are read one by one.';
comment on column satisfaction_answer.root_id is 'The first version of the answer: its complaint is opened once, whichever version asks for it.';
comment on column satisfaction_answer.complains is 'A score of 2 or less, or marked as a complaint by the person.';
create index satisfaction_answer_standing on satisfaction_answer (organization_id, answered_at, response_id) where superseded_by is null;
create index satisfaction_answer_of_patient on satisfaction_answer (organization_id, patient_id);
create index satisfaction_answer_root on satisfaction_answer (organization_id, root_id);
create index satisfaction_answer_waiting on satisfaction_answer (organization_id, answered_at) where complains and complaint_id is null and superseded_by is null;
call peiban_tenant_table('satisfaction_answer');
