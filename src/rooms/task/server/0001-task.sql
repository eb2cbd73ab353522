-- 计划: work for people, from the pool or for somebody by name, and everything that happened to it.

create table task (
  organization_id uuid not null references organization (id),
  id uuid not null,
  type text not null check (type in ('assign-doctor', 'complete-record', 'follow-up', 'diagnosis-assessment', 'recheck', 'call', 'other')),
  title text not null default '',
  title_en text not null default '',
  note text not null default '',
  patient_id uuid,
  state text not null check (state in ('requested', 'accepted', 'in-progress', 'completed', 'cancelled')),
  pool_role text,
  owner_id uuid,
  owned_since timestamptz,
  priority text not null default 'routine' check (priority in ('routine', 'urgent', 'stat')),
  rank smallint generated always as (case priority when 'stat' then 0 when 'urgent' then 1 else 2 end) stored,
  due_on date not null,
  due_at timestamptz,
  remind_before int[] not null default '{}',
  alert text,
  source text not null,
  source_key text,
  outcome jsonb,
  reason text not null default '',
  reason_code text,
  access_granted boolean not null default false,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  closed_by uuid,
  closed_by_name text,
  closed_at timestamptz,
  version int not null default 1,
  primary key (organization_id, id),
  constraint task_source_key unique (organization_id, source, source_key),
  constraint task_has_owner_or_pool check (case state when 'requested' then owner_id is null and pool_role is not null
    when 'accepted' then owner_id is not null when 'in-progress' then owner_id is not null else closed_at is not null end),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, owner_id) references staff (organization_id, id)
);
comment on table task is 'FHIR Task: requested 待领取, accepted 待执行, in-progress 进行中, completed 已处理, cancelled 已取消. Overdue is reckoned from due_on, never stored.';
comment on column task.pool_role is 'The role whose members may claim it; kept when claimed, so that it can go back.';
comment on column task.owned_since is 'When the present owner got it: what response times are counted from.';
comment on column task.source_key is 'With source, makes a task that something asked for unique: a replay finds it.';
comment on column task.access_granted is 'Whether the owner sees the patient only because of this task; the access ends with it.';
comment on column task.alert is 'A code of something that needs an eye, such as no-manager-bound.';
-- 工作台: own, pool and all open ones, each in the order in which they are worked off.
create index task_of_owner on task (organization_id, owner_id, rank, due_on, id) where state in ('accepted', 'in-progress');
create index task_in_pool on task (organization_id, pool_role, rank, due_on, id) where state = 'requested';
create index task_open on task (organization_id, rank, due_on, id) where state in ('requested', 'accepted', 'in-progress');
create index task_due on task (organization_id, due_on, owner_id) where state in ('accepted', 'in-progress');
create index task_of_patient on task (organization_id, patient_id, due_on, id);
create index task_closed on task (organization_id, closed_at, id) where state in ('completed', 'cancelled');
create index task_closed_of_owner on task (organization_id, owner_id, closed_at, id) where state in ('completed', 'cancelled');
call peiban_tenant_table('task');

create table task_event (
  organization_id uuid not null,
  task_id uuid not null,
  version int not null,
  kind text not null check (kind in ('created', 'claimed', 'released', 'started', 'completed', 'cancelled', 'changed', 'handed-over', 'hand-over-undone', 'merged', 'unmerged')),
  from_state text,
  to_state text not null,
  from_owner_id uuid,
  to_owner_id uuid,
  reason text not null default '',
  reason_code text,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, task_id, version),
  foreign key (organization_id, task_id) references task (organization_id, id)
);
comment on table task_event is 'The history of a task: who, when, from, to and why. 已转交 is an entry here, not a state. One line per version of the task, so that their order is certain.';
call peiban_tenant_table('task_event');
call peiban_append_only('task_event');

create table task_reminder (
  organization_id uuid not null,
  task_id uuid not null,
  offset_minutes int not null check (offset_minutes between 0 and 43200),
  at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'dropped')),
  settled_at timestamptz,
  primary key (organization_id, task_id, offset_minutes),
  foreign key (organization_id, task_id) references task (organization_id, id)
);
comment on table task_reminder is 'One row for each reminder of a task: the key makes it go out once.';
create index task_reminder_waiting on task_reminder (organization_id, at) where state = 'waiting';
call peiban_tenant_table('task_reminder');

create table task_digest_run (
  organization_id uuid not null,
  day date not null,
  at timestamptz not null,
  primary key (organization_id, day)
);
comment on table task_digest_run is 'The days whose afternoon digest has gone out, so that work which arrives later that day brings none.';
call peiban_tenant_table('task_digest_run');

create table task_digest (
  organization_id uuid not null,
  staff_id uuid not null,
  day date not null,
  open_count int not null check (open_count > 0),
  overdue_count int not null,
  at timestamptz not null,
  primary key (organization_id, staff_id, day)
);
comment on table task_digest is 'The afternoon reminders: one per person and day, none for whoever has nothing open.';
call peiban_tenant_table('task_digest');

create table task_filter (
  organization_id uuid not null,
  staff_id uuid not null,
  id uuid not null,
  name text not null,
  filter jsonb not null,
  created_at timestamptz not null,
  primary key (organization_id, staff_id, id),
  constraint task_filter_name unique (organization_id, staff_id, name),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table task_filter is 'Filters of the list of tasks that a member of staff keeps under a name.';
call peiban_tenant_table('task_filter');

create table hand_over_batch (
  organization_id uuid not null,
  id uuid not null,
  to_id uuid not null,
  reason text not null,
  task_count int not null,
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  undone_count int,
  primary key (organization_id, id),
  foreign key (organization_id, to_id) references staff (organization_id, id)
);
comment on table hand_over_batch is 'Hand-overs of many tasks at once, which can be taken back for 24 hours.';
create index hand_over_batch_recent on hand_over_batch (organization_id, by_id, at);
call peiban_tenant_table('hand_over_batch');

create table hand_over_item (
  organization_id uuid not null,
  batch_id uuid not null,
  task_id uuid not null,
  from_state text not null,
  from_owner_id uuid,
  from_owned_since timestamptz,
  from_access_granted boolean not null,
  version_after int not null,
  primary key (organization_id, batch_id, task_id),
  foreign key (organization_id, batch_id) references hand_over_batch (organization_id, id),
  foreign key (organization_id, task_id) references task (organization_id, id)
);
comment on table hand_over_item is 'What a task was before; it goes back only if its version is still version_after.';
call peiban_tenant_table('hand_over_item');

create table task_move (
  organization_id uuid not null,
  merge_id uuid not null,
  task_id uuid not null,
  primary key (organization_id, merge_id, task_id)
);
comment on table task_move is 'Which tasks a merge of two patients moved, so that undoing it moves these back and no others.';
call peiban_tenant_table('task_move');
