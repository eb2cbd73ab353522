-- What the care engine hands on: batches whose risks are to be looked at.

create table risk_due (
  organization_id uuid not null,
  id uuid not null,
  patient_ids uuid[] not null,
  at timestamptz not null,
  primary key (organization_id, id)
);
comment on table risk_due is 'Batches of the care engine that wait for their risks: one row a batch, so that neither a tag nor a task waits for an estimate over ten years. Emptied within seconds.';
call peiban_tenant_table('risk_due');
