-- Open tasks of follow-ups fall due when the window ends, and name the planned day beside it.

update task t set planned_on = o.due_on, due_on = o.window_until from occurrence o
where t.source = 'follow-up' and t.state in ('requested', 'accepted', 'in-progress') and t.planned_on is null and t.due_on = o.due_on
  and o.organization_id = t.organization_id and o.task_id = t.id;
