-- A task may be meant for one day and still be in time until another: a follow-up, until its window ends.

alter table task add column planned_on date;
alter table task add constraint task_planned_in_time check (planned_on <= due_on);
comment on column task.planned_on is 'The day it is meant for, where that differs from due_on, the last day on which it is in time.';
-- What is to be done by now: the afternoon digest and the lists of the workbench.
create index task_to_do on task (organization_id, (coalesce(planned_on, due_on)), owner_id) where state in ('accepted', 'in-progress');
drop index task_due;
