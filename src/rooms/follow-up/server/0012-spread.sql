-- Many who come into a pathway at once begin on different days: who waits, and how full the days are.

create table plan_wait (
  organization_id uuid not null,
  patient_id uuid not null,
  protocol_code text not null,
  begins_on date not null,
  entry_key text not null,
  since timestamptz not null,
  by_id uuid,
  by_name text not null,
  merge_id uuid,
  primary key (organization_id, patient_id, protocol_code),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table plan_wait is 'People a pathway has taken in who begin on a later day. A row goes when its plan begins, or when what brought the person in is gone; its day is never moved by looking again.';
comment on column plan_wait.entry_key is 'What brought the person in; one that begins with list: was put there by a colleague.';
comment on column plan_wait.merge_id is 'The merge that brought it to this person.';
create index plan_wait_of_protocol on plan_wait (organization_id, protocol_code, begins_on, patient_id);
call peiban_tenant_table('plan_wait');

create table plan_intake (
  organization_id uuid not null references organization (id),
  protocol_code text not null,
  primary key (organization_id, protocol_code)
);
comment on table plan_intake is 'Whoever gives people days of a pathway holds its row, so that a day is filled by one at a time.';
call peiban_tenant_table('plan_intake');

create table plan_intake_day (
  organization_id uuid not null references organization (id),
  protocol_code text not null,
  day date not null,
  entered int not null default 0,
  begins int not null default 0 check (begins >= 0),
  primary key (organization_id, protocol_code, day)
);
comment on table plan_intake_day is 'Of a pathway that spreads: how many came in on a day, and how many begin on it, those included who have begun.';
call peiban_tenant_table('plan_intake_day');
