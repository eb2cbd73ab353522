-- Printed reports: what was printed for whom, and whether a paper in the hand is genuine.

create table health_report (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  number text not null,
  state text not null check (state in ('waiting', 'ready', 'failed', 'withdrawn')),
  language text not null check (language in ('zh-CN', 'en')),
  exam_report_id uuid not null,
  exam_on date not null,
  conclusions jsonb not null default '[]',
  signed_by uuid,
  signed_on date,
  verify_hash bytea not null,
  batch_id uuid,
  template text,
  file_key text,
  page_count int,
  warnings jsonb not null default '[]',
  reason text,
  created_by uuid,
  created_at timestamptz not null,
  ready_at timestamptz,
  withdrawn_by uuid,
  withdrawn_because text,
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table health_report is 'FHIR Composition, as printed: the file is kept, so that what the patient holds can be looked up years later. verify_hash: SHA-256 of the code behind the QR.';
create index health_report_of_patient on health_report (organization_id, patient_id, created_at desc);
create index health_report_of_batch on health_report (organization_id, batch_id, id) where batch_id is not null;
create unique index health_report_by_code on health_report (organization_id, verify_hash);
call peiban_tenant_table('health_report');

create table health_report_batch (
  organization_id uuid not null references organization (id),
  id uuid not null,
  title text not null,
  total int not null,
  created_by uuid,
  created_at timestamptz not null,
  primary key (organization_id, id)
);
comment on table health_report_batch is 'A list of people whose reports are printed together; how far it is, is counted from its reports.';
call peiban_tenant_table('health_report_batch');

create table health_report_counter (
  organization_id uuid not null references organization (id),
  day date not null,
  last int not null,
  primary key (organization_id, day)
);
comment on table health_report_counter is 'The last number given out on a day.';
call peiban_tenant_table('health_report_counter');
