-- Worklists: people who need something done for them within a time, found by a condition.

create table worklist (
  organization_id uuid not null references organization (id),
  id uuid not null,
  name text not null,
  purpose text not null,
  condition jsonb not null,
  sort text not null check (sort in ('due', 'since', 'oldest', 'youngest')),
  target_days int not null check (target_days between 0 and 365),
  owner_id uuid,
  state text not null default 'active' check (state in ('active', 'retired')),
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, owner_id) references staff (organization_id, id)
);
comment on table worklist is 'A saved question with an owner and a target: everybody it is true of is done within `target_days` of coming onto it. For care, so clinical facts may be asked; each reader sees their own people alone.';
call peiban_tenant_table('worklist');

create table worklist_item (
  organization_id uuid not null,
  worklist_id uuid not null,
  patient_id uuid not null,
  since_at timestamptz not null,
  left_at timestamptz,
  left_because text check (left_because in ('facts', 'fill', 'retired', 'merge', 'death')),
  merge_id uuid,
  state text not null default 'open' check (state in ('open', 'done')),
  note text not null default '',
  done_by uuid,
  done_by_name text,
  done_at timestamptz,
  task_id uuid,
  primary key (organization_id, worklist_id, patient_id, since_at),
  foreign key (organization_id, worklist_id) references worklist (organization_id, id)
);
comment on table worklist_item is 'Who is on a worklist since when: one row a stay. Done by a person with a note; whoever leaves open has come right by themselves.';
create unique index worklist_item_now on worklist_item (organization_id, worklist_id, patient_id) where left_at is null;
create index worklist_item_of_patient on worklist_item (organization_id, patient_id, worklist_id) where left_at is null;
create index worklist_item_by_since on worklist_item (organization_id, worklist_id, since_at, patient_id) where left_at is null;
create index worklist_item_done on worklist_item (organization_id, worklist_id, done_at) where state = 'done';
create index worklist_item_moved on worklist_item (organization_id, merge_id) where merge_id is not null;
call peiban_tenant_table('worklist_item');

create table worklist_act (
  organization_id uuid not null,
  id uuid not null,
  worklist_id uuid not null,
  patient_id uuid not null,
  act text not null check (act in ('done', 'put-back', 'task')),
  note text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, worklist_id) references worklist (organization_id, id)
);
comment on table worklist_act is 'What was done with the people of a worklist, by whom.';
create index worklist_act_of_patient on worklist_act (organization_id, worklist_id, patient_id, id);
call peiban_tenant_table('worklist_act');
call peiban_append_only('worklist_act');
