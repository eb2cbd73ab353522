-- Members brought in from a spreadsheet.

create table patient_import (
  organization_id uuid not null references organization (id),
  id uuid not null,
  file_name text not null,
  format text not null check (format in ('xlsx', 'csv')),
  encoding text not null default 'utf-8' check (encoding in ('utf-8', 'gb18030')),
  delimiter text not null default ',',
  size_bytes bigint not null,
  parts text[] not null,
  columns jsonb not null,
  header_row int not null,
  mapping jsonb,
  state text not null default 'uploaded' check (state in ('uploaded', 'queued', 'running', 'done', 'stopped', 'failed')),
  rows_read int not null default 0,
  added int not null default 0,
  found int not null default 0,
  refused int not null default 0,
  proposed int not null default 0,
  failure text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (organization_id, id)
);
comment on table patient_import is 'A file of members and how far it has been read. `parts` are keys of the sealed file store; columns and mapping carry no member''s data.';
create index patient_import_recent on patient_import (organization_id, id desc);
call peiban_tenant_table('patient_import');

create table patient_import_row (
  organization_id uuid not null,
  row_index bytea not null,
  patient_id uuid not null,
  primary key (organization_id, row_index)
);
comment on table patient_import_row is 'A blind index of each row that added a person, over all files: the same row again finds them instead of adding another.';
call peiban_tenant_table('patient_import_row');

create table patient_import_refusal (
  organization_id uuid not null,
  import_id uuid not null,
  row_number int not null,
  sealed bytea not null,
  reasons jsonb not null,
  primary key (organization_id, import_id, row_number),
  foreign key (organization_id, import_id) references patient_import (organization_id, id)
);
comment on table patient_import_refusal is 'Rows that were not taken in, sealed, with the reasons: the file of refused rows is made from them.';
call peiban_tenant_table('patient_import_refusal');

create table patient_import_mapping (
  organization_id uuid not null references organization (id),
  name text not null,
  columns jsonb not null,
  updated_by uuid,
  updated_at timestamptz not null,
  primary key (organization_id, name)
);
comment on table patient_import_mapping is 'A saved mapping: header in the file to field of a member.';
call peiban_tenant_table('patient_import_mapping');
