-- One event may be noticed in two places: the form of a follow-up and a tag both see a critical blood pressure. It is one task.

alter table task add column concern text;
comment on column task.concern is 'What it is about, where several may ask for the same: at most one open task of a concern per patient.';
create unique index task_concern on task (organization_id, patient_id, concern)
  where concern is not null and state in ('requested', 'accepted', 'in-progress');

create table task_asker (
  organization_id uuid not null,
  source text not null,
  source_key text not null,
  task_id uuid not null,
  primary key (organization_id, source, source_key),
  foreign key (organization_id, task_id) references task (organization_id, id)
);
comment on table task_asker is 'What asked for a task that was there already for the same concern; a replay finds the task by it, as by task.source_key.';
create index task_asker_of_task on task_asker (organization_id, task_id);
call peiban_tenant_table('task_asker');

alter table task_event drop constraint task_event_kind_check;
alter table task_event add constraint task_event_kind_check check (kind in ('created', 'joined', 'claimed', 'released', 'started', 'completed', 'cancelled', 'changed', 'handed-over', 'hand-over-undone', 'merged', 'unmerged'));
