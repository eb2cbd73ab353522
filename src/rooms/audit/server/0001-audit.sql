-- Who did what, when; append-only and chained, so that a missing or changed row shows.

create table audit_entry (
  organization_id uuid not null references organization (id),
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  actor_name text not null,
  action text not null,
  outcome text not null check (outcome in ('done', 'denied', 'refused')),
  patient_id uuid,
  subject_id uuid,
  detail jsonb not null default '{}',
  request_id text,
  address text,
  primary key (organization_id, id)
);
comment on table audit_entry is 'FHIR AuditEvent. Written in the transaction of the change, or before the answer of a read.';
-- Every list is read backwards in time from a cursor (at, id); each of these serves one way of asking.
create index audit_entry_by_time on audit_entry (organization_id, at desc, id desc);
create index audit_entry_by_patient on audit_entry (organization_id, patient_id, at desc, id desc) where patient_id is not null;
create index audit_entry_by_actor on audit_entry (organization_id, actor_id, at desc, id desc);
create index audit_entry_by_action on audit_entry (organization_id, action, at desc, id desc);
create index audit_entry_not_done on audit_entry (organization_id, outcome, at desc, id desc) where outcome <> 'done';
call peiban_tenant_table('audit_entry');
call peiban_append_only('audit_entry');

create table audit_unsealed (
  organization_id uuid not null,
  entry_id uuid not null,
  primary key (organization_id, entry_id)
);
comment on table audit_unsealed is 'Entries that wait for their link; emptied within a second. Linking apart from writing keeps the chain''s head from being a lock that every transaction waits for.';
call peiban_tenant_table('audit_unsealed');

create table audit_link (
  organization_id uuid not null,
  sequence bigint not null,
  entry_id uuid not null,
  hash bytea not null,
  primary key (organization_id, sequence),
  unique (organization_id, entry_id)
);
comment on table audit_link is 'The chain: hash = SHA-256(previous hash, canonical entry), beginning with sequence 1.';
call peiban_tenant_table('audit_link');
call peiban_append_only('audit_link');

create table audit_head (
  organization_id uuid not null references organization (id),
  sequence bigint not null,
  hash bytea not null,
  seal bytea not null,
  primary key (organization_id)
);
comment on table audit_head is 'The end of the chain, signed with the key of the house, which the database does not know: whoever rewrites the chain with the rights of the owner, or cuts its end off, cannot sign the new end. Its row is also the lock of the sealer.';
call peiban_tenant_table('audit_head');

create table audit_verification (
  organization_id uuid not null references organization (id),
  id uuid not null,
  requested_by uuid,
  requested_by_name text not null,
  requested_at timestamptz not null,
  checked bigint not null default 0,
  total bigint,
  finished_at timestamptz,
  verdict jsonb,
  primary key (organization_id, id)
);
comment on table audit_verification is 'A run of the check of the chain, so that it may be left and found again.';
call peiban_tenant_table('audit_verification');
