-- Decisions about running plans, so that they can be looked at and taken back.

create table plan_switch (
  organization_id uuid not null,
  id uuid not null,
  protocol_code text not null,
  to_version int not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (organization_id, id),
  foreign key (organization_id, protocol_code, to_version) references protocol (organization_id, code, version)
);
comment on table plan_switch is 'A decision about plans that run by earlier versions of a protocol, plan by plan in plan_switch_run.';
create index plan_switch_of_protocol on plan_switch (organization_id, protocol_code, at desc);
call peiban_tenant_table('plan_switch');

create table plan_switch_run (
  organization_id uuid not null,
  switch_id uuid not null,
  run_id uuid not null,
  how text not null check (how in ('leave', 'next-step', 're-plan')),
  from_version int not null,
  before_to int,
  before_how text,
  primary key (organization_id, switch_id, run_id),
  foreign key (organization_id, switch_id) references plan_switch (organization_id, id),
  foreign key (organization_id, run_id) references plan_run (organization_id, id)
);
comment on table plan_switch_run is 'One plan of such a decision: what was decided, and by which version it ran until then.';
comment on column plan_switch_run.before_to is 'What had been decided before about this plan, to which taking back returns.';
call peiban_tenant_table('plan_switch_run');
