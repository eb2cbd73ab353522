-- Files that a person is sent as a link of their own.

create table file_link (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  token_hash bytea not null,
  file_key text not null,
  file_name_sealed bytea not null,
  media text not null,
  size_bytes int not null,
  expires_at timestamptz not null,
  wrong int not null default 0,
  openings int not null default 0,
  last_opened_at timestamptz,
  message_id uuid,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  revoked_by_name text,
  merge_id uuid,
  former_patient_id uuid,
  primary key (organization_id, id),
  constraint file_link_token unique (organization_id, token_hash),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table file_link is 'A file that a person was sent: the mail carries a link, the link asks for the date of birth. The token is kept as a hash; the file is sealed in the file store.';
comment on column file_link.wrong is 'Wrong dates in all; never set back.';
comment on column file_link.merge_id is 'The merge that moved it here, so that undoing that moves it back.';
create index file_link_of_patient on file_link (organization_id, patient_id, id desc);
call peiban_tenant_table('file_link');
