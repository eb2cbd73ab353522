-- What the figures of care read: plans by when they began and ended, visits by the day on which they took place.
create index plan_run_began on plan_run (organization_id, started_at, id);
create index plan_run_ended on plan_run (organization_id, ended_at, id) where ended_at is not null;
create index plan_run_going on plan_run (organization_id, protocol_code, started_at) where state = 'active';
create index occurrence_classed on occurrence (organization_id, actual_on, run_id) where class is not null;

alter table occurrence add column reach smallint not null default 0 check (reach between 0 and 4);
comment on column occurrence.reach is 'How far telephone calls about it came: 0 none was made, 1 nobody answered, 2 a relative did, 3 the person was on the line, 4 and went on talking. Kept by whoever logs a call, so that a quarter is counted without its calls.';
update occurrence o set reach = c.reach from (
  select organization_id, occurrence_id, max(case outcome when 'reached' then 4 when 'refused' then 3 when 'call-back' then 3 when 'family-answered' then 2 else 1 end) reach
  from contact_attempt where channel = 'phone' group by 1, 2) c
where c.organization_id = o.organization_id and c.occurrence_id = o.id;
