-- One row per patient: when to look at them next. The heart of the house; see README.md.

create table agenda (
  organization_id uuid not null,
  patient_id uuid not null,
  due_at timestamptz,
  reason text not null,
  attempts int not null default 0,
  last_error text,
  evaluated_at timestamptz,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table agenda is 'Whatever happens to a patient moves due_at to now; whatever is planned sets it to that moment; null means nothing is planned.';
create index agenda_due on agenda (organization_id, due_at) where due_at is not null;
call peiban_tenant_table('agenda');
