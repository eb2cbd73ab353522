-- 预约: what somebody has agreed to come for, kept here or told by a hospital system.

create table appointment (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  key uuid,
  status text not null check (status in ('booked', 'arrived', 'fulfilled', 'cancelled', 'noshow')),
  starts_at timestamptz not null,
  minutes int check (minutes between 1 and 1440),
  moved_from timestamptz,
  service text not null,
  department text not null default '',
  practitioner text not null default '',
  place text not null default '',
  bring text not null default '',
  cancelled_by text check (cancelled_by in ('person', 'death', 'system')),
  because text not null default '',
  source text not null default '',
  placer text,
  filler text,
  told_at timestamptz,
  booked_by text not null,
  booked_at timestamptz not null,
  changed_by text not null,
  changed_at timestamptz not null,
  revision int not null default 1,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  constraint appointment_cancelled check ((status = 'cancelled') = (cancelled_by is not null)),
  constraint appointment_told check ((source = '') = (told_at is null) and (source = '') = (placer is null and filler is null))
);
comment on table appointment is 'FHIR Appointment: somebody is expected at a time. Never deleted; journeys are told of its time in the transaction that sets it.';
comment on column appointment.key is 'Named by whoever booked, so that the same booking sent twice is one.';
comment on column appointment.bring is 'FHIR patientInstruction: what to bring and to mind; the person reads it.';
comment on column appointment.source is 'The hospital system that keeps it; empty: kept here.';
comment on column appointment.placer is 'SCH-1, the number of whoever asked for it.';
comment on column appointment.filler is 'SCH-2, the number of the system that keeps the calendar; it goes before the placer''s.';
comment on column appointment.told_at is 'When the newest message about it was written (MSH-7): what is older comes too late. One that was cancelled before any time was told stands at this moment.';
comment on column appointment.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create unique index appointment_once on appointment (organization_id, patient_id, key) where key is not null;
create unique index appointment_filler on appointment (organization_id, source, filler) where filler is not null;
create unique index appointment_placer on appointment (organization_id, source, placer) where placer is not null;
create index appointment_of_patient on appointment (organization_id, patient_id, starts_at);
create index appointment_in_time on appointment (organization_id, starts_at, id);
call peiban_tenant_table('appointment');
