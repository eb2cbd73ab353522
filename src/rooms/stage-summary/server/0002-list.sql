-- Lists over all whom somebody looks after: what waits, what is due, what was read.

alter table stage_summary add column submitted_at timestamptz;
alter table stage_summary add column read_at timestamptz;
comment on column stage_summary.read_at is 'When the person opened it first, on their own pages.';
update stage_summary set submitted_at = drafted_at where state = 'submitted';
create index stage_summary_waiting on stage_summary (organization_id, submitted_at, id) where state = 'submitted';
create index stage_summary_drafts on stage_summary (organization_id, drafted_at, id) where state = 'draft';
create index stage_summary_unsent on stage_summary (organization_id, signed_at, id) where state = 'signed' and sent_at is null;
create index stage_summary_sent on stage_summary (organization_id, sent_at desc, id desc) where state = 'signed' and sent_at is not null;

create table stage_summary_due (
  organization_id uuid not null,
  patient_id uuid not null,
  due_on date not null,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table stage_summary_due is 'When the next summary of a person is due: a stage after their plan began or after the last summary, and at once when the plan ends. Nothing for those without a plan.';
create index stage_summary_due_on on stage_summary_due (organization_id, due_on, patient_id);
call peiban_tenant_table('stage_summary_due');

-- Plans that run already; from now on their events keep it. A stage is thirty days.
insert into stage_summary_due (organization_id, patient_id, due_on)
select c.organization_id, c.patient_id, greatest(min(c.started_on), coalesce(max(s.until_on), min(c.started_on))) + 30
from care_plan c left join stage_summary s on s.organization_id = c.organization_id and s.patient_id = c.patient_id and s.state = 'signed'
where c.state in ('active', 'paused') group by c.organization_id, c.patient_id;
