-- 投诉登记: what somebody is not content with, who sees to it, and what came of it.

create table complaint (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  key uuid not null,
  state text not null check (state in ('open', 'closed')),
  category text not null check (category in ('attitude', 'waiting', 'explanation', 'treatment', 'fee', 'privacy', 'environment', 'other')),
  channel text not null check (channel in ('visit', 'phone', 'message', 'letter', 'hotline', 'other')),
  words text not null,
  speaker text not null check (speaker in ('person', 'family')),
  relation text not null default '',
  received_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  recorded_by_name text not null,
  owner_id uuid not null,
  due_on date not null,
  closed_at timestamptz,
  closed_by_name text,
  outcome text check (outcome in ('solved', 'explained', 'passed-on', 'withdrawn', 'no-agreement')),
  outcome_text text,
  version int not null default 1,
  merge_ids uuid[] not null default '{}',
  primary key (organization_id, id),
  constraint complaint_once unique (organization_id, key),
  constraint complaint_closed_with_outcome check ((state = 'closed') = (closed_at is not null and closed_by_name is not null and outcome is not null and outcome_text is not null)),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, owner_id) references staff (organization_id, id)
);
comment on table complaint is 'A complaint of one person: what, told by whom, how and when it came, who sees to it by when, what came of it. While it is open nothing promotional goes to the person (message_hold).';
comment on column complaint.key is 'Made up by the page: recording that is sent twice makes one.';
comment on column complaint.merge_ids is 'The merges that moved it, so that undoing one moves it back.';
create index complaint_of_patient on complaint (organization_id, patient_id, id desc);
create index complaint_open on complaint (organization_id, due_on, id) where state = 'open';
create index complaint_closed on complaint (organization_id, closed_at desc, id desc) where state = 'closed';
call peiban_tenant_table('complaint');

create table complaint_act (
  organization_id uuid not null,
  complaint_id uuid not null,
  version int not null,
  act text not null check (act in ('recorded', 'handed-over', 'closed', 'reopened')),
  owner_id uuid not null,
  due_on date not null,
  note text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, complaint_id, version),
  foreign key (organization_id, complaint_id) references complaint (organization_id, id)
);
comment on table complaint_act is 'Who recorded, handed over, closed or opened a complaint again, one line per version, with owner and day as they stood after it.';
call peiban_tenant_table('complaint_act');
call peiban_append_only('complaint_act');
