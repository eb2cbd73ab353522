-- Reports that come in: kept as received before anything else is done, then read, matched, mapped and filed.

create table intake_source (
  organization_id uuid not null references organization (id),
  id uuid not null,
  name text not null,
  sending text not null default '',
  receiving text not null default '',
  address text not null default '',
  time_zone text,
  ack_mode text not null default 'honour' check (ack_mode in ('honour', 'original')),
  test_messages text not null default 'set-aside' check (test_messages in ('set-aside', 'accept')),
  register text not null default 'by-channel' check (register in ('by-channel', 'never', 'complete')),
  numbering text not null default 'auto' check (numbering in ('auto', 'unique')),
  version int not null default 1,
  updated_by uuid,
  updated_at timestamptz not null,
  primary key (organization_id, id)
);
comment on table intake_source is 'What is agreed with a sender. An MLLP message belongs to the organization whose source fits it best; with one organization only, to that one.';
comment on column intake_source.sending is 'MSH-3 and MSH-4 as `LIS/东院`, or the name of a key; empty fits any.';
comment on column intake_source.receiving is 'MSH-5 and MSH-6 in the same form; empty fits any.';
comment on column intake_source.address is 'Network address of the sender, or its beginning; empty fits any.';
comment on column intake_source.register is 'Whether somebody unknown with a complete identity is registered; by-channel: FHIR transactions and files imported by an operator yes, others no.';
comment on column intake_source.numbering is 'unique: report numbers never come again, so a report may be corrected to another person.';
create unique index intake_source_fit on intake_source (organization_id, sending, receiving, address);
call peiban_tenant_table('intake_source');

create table intake (
  organization_id uuid not null,
  id uuid not null,
  channel text not null check (channel in ('mllp', 'http-hl7', 'fhir', 'table', 'command')),
  format text not null check (format in ('hl7', 'fhir', 'table', 'bytes')),
  source text not null,
  peer text not null default '',
  message_type text not null default '',
  control_id text not null default '',
  answer text not null default '',
  received_at timestamptz not null,
  arrival bigint generated always as identity,
  sealed bytea not null,
  size_bytes int not null,
  state text not null check (state in ('received', 'filed', 'duplicate', 'needs-person', 'set-aside', 'refused', 'failed')),
  reason text not null default '',
  detail jsonb,
  reports int not null default 0,
  results int not null default 0,
  waiting int not null default 0,
  unknown_codes int not null default 0,
  attempts int not null default 0,
  processed_at timestamptz,
  primary key (organization_id, id)
);
comment on table intake is 'What was received, whole and sealed, committed before it is acknowledged; never deleted here. `detail` says what is wrong without quoting values.';
comment on column intake.arrival is 'The order in which messages are read: ids made in one millisecond have none, and a correction may follow its report at once.';
comment on column intake.state is 'received: waits to be read. needs-person: at least one report waits for its person. failed: a fault of ours; may be tried again.';
-- Kept out of line, so that a change of state does not write the message again; sealed bytes do not compress.
alter table intake alter column sealed set storage external;
alter table intake set (toast_tuple_target = 256, autovacuum_vacuum_scale_factor = 0.05);
create index intake_waiting on intake (organization_id, arrival) where state = 'received';
create index intake_troubled on intake (organization_id, state, id desc) where state in ('needs-person', 'set-aside', 'refused', 'failed');
create index intake_recent on intake (organization_id, received_at desc, id desc);
call peiban_tenant_table('intake');

create table unmatched_person (
  organization_id uuid not null,
  id uuid not null,
  person_key bytea not null,
  name text not null default '',
  sex text not null default 'unknown',
  birth_date date,
  record_number text,
  phone_masked text,
  paper_masked text,
  identity_sealed bytea not null,
  source text not null,
  reason text not null check (reason in ('nobody', 'candidates', 'nameless', 'identity-differs', 'refused-registration')),
  candidates uuid[] not null default '{}',
  state text not null default 'open' check (state in ('open', 'settled', 'set-aside')),
  patient_id uuid,
  settled_how text check (settled_how in ('chosen', 'registered', 'matched-later')),
  settled_by uuid,
  settled_by_name text,
  settled_at timestamptz,
  note text not null default '',
  version int not null default 1,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table unmatched_person is 'A person as a sender names them, of whom it is not sure who they are. One decision files everything that waits for them and what will come under the same identity.';
create unique index unmatched_person_key on unmatched_person (organization_id, person_key);
create index unmatched_person_open on unmatched_person (organization_id, last_seen_at desc, id desc) where state = 'open';
create index unmatched_person_by_name on unmatched_person (organization_id, name) where state = 'open';
create index unmatched_person_by_record_number on unmatched_person (organization_id, record_number) where state = 'open' and record_number is not null;
create index unmatched_person_of_patient on unmatched_person (organization_id, patient_id) where patient_id is not null;
call peiban_tenant_table('unmatched_person');

create table unmatched_report (
  organization_id uuid not null,
  person_id uuid not null,
  intake_id uuid not null,
  title text not null default '',
  effective_at timestamptz,
  primary key (organization_id, person_id, intake_id),
  foreign key (organization_id, person_id) references unmatched_person (organization_id, id)
);
comment on table unmatched_report is 'Which received messages hold reports of an unmatched person; kept after settling, so that a decision can be taken back.';
create index unmatched_report_of_intake on unmatched_report (organization_id, intake_id);
call peiban_tenant_table('unmatched_report');

create table laboratory_code (
  organization_id uuid not null,
  id uuid not null,
  code_key bytea not null,
  system text not null,
  code text not null,
  name text not null,
  unit text not null,
  problem text not null check (problem in ('unknown', 'likely', 'unit')),
  proposed text,
  examples text[] not null default '{}',
  state text not null default 'open' check (state in ('open', 'mapped', 'ignored')),
  target text,
  as_unit text,
  everywhere boolean not null default false,
  settled_by uuid,
  settled_by_name text,
  settled_at timestamptz,
  rewrite_state text not null default 'none' check (rewrite_state in ('none', 'running', 'done')),
  rewrite_total int not null default 0,
  rewrite_done int not null default 0,
  rewrite_after uuid,
  version int not null default 1,
  first_seen_at timestamptz not null,
  primary key (organization_id, id)
);
comment on table laboratory_code is 'An item of a laboratory that could not be told for sure: one row per system, code, name and unit. Mapping it once settles all results of the past and the future.';
comment on column laboratory_code.proposed is 'The indicator that results are filed under until somebody confirms (problem likely), or the one whose unit is not understood (problem unit).';
comment on column laboratory_code.everywhere is 'The decision holds for the same code, name and unit of every system.';
create unique index laboratory_code_key on laboratory_code (organization_id, code_key);
create index laboratory_code_open on laboratory_code (organization_id, id desc) where state = 'open';
create index laboratory_code_everywhere on laboratory_code (organization_id, code, name, unit) where everywhere;
call peiban_tenant_table('laboratory_code');

create table laboratory_code_sighting (
  organization_id uuid not null,
  code_id uuid not null,
  report_id uuid not null,
  primary key (organization_id, code_id, report_id),
  foreign key (organization_id, code_id) references laboratory_code (organization_id, id)
);
comment on table laboratory_code_sighting is 'Which reports hold results of a code that was not sure: what one decision reaches.';
call peiban_tenant_table('laboratory_code_sighting');

create table filed_result (
  organization_id uuid not null,
  result_key bytea not null,
  report_key bytea not null,
  content bytea not null,
  primary key (organization_id, result_key)
);
comment on table filed_result is 'Results that bear an id of their source (FHIR): the same one inside another report is not filed twice.';
call peiban_tenant_table('filed_result');

create table table_mapping (
  organization_id uuid not null references organization (id),
  name text not null,
  mapping jsonb not null,
  headers text[] not null,
  updated_by uuid,
  updated_at timestamptz not null,
  primary key (organization_id, name)
);
comment on table table_mapping is 'How a laboratory''s spreadsheet is read: column by column, one result a row or one person a row.';
call peiban_tenant_table('table_mapping');

create table table_upload (
  organization_id uuid not null references organization (id),
  id uuid not null,
  file_name text not null,
  format text not null check (format in ('xlsx', 'csv')),
  encoding text not null default 'utf-8' check (encoding in ('utf-8', 'gb18030')),
  delimiter text not null default ',',
  parts text[] not null,
  header_row int not null default 1,
  size_bytes bigint not null,
  headers text[] not null,
  mapping_name text,
  mapping jsonb,
  state text not null default 'uploaded' check (state in ('uploaded', 'queued', 'running', 'done', 'stopped', 'failed')),
  row_count int not null default 0,
  rows_read int not null default 0,
  reports int not null default 0,
  refused int not null default 0,
  failure text not null default '',
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id)
);
comment on table table_upload is 'A spreadsheet of results and how far it has been read; the file itself lies sealed in the file store.';
create index table_upload_recent on table_upload (organization_id, id desc);
call peiban_tenant_table('table_upload');

create table table_upload_refusal (
  organization_id uuid not null,
  upload_id uuid not null,
  row_number int not null,
  reasons text[] not null,
  primary key (organization_id, upload_id, row_number),
  foreign key (organization_id, upload_id) references table_upload (organization_id, id)
);
comment on table table_upload_refusal is 'Rows that could not be read, with the reasons; the file of refused rows is made from the upload.';
call peiban_tenant_table('table_upload_refusal');
