-- Sound that a telephone exchange has handed in and of which nobody knows yet whose call it was.

create table recording_loose (
  organization_id uuid not null references organization (id),
  id uuid not null,
  media text not null,
  sealed_key bytea,
  pieces jsonb not null default '[]',
  bytes bigint not null,
  sealed_bytes bigint not null,
  duration_ms int not null check (duration_ms > 0),
  digest bytea not null,
  received_at timestamptz not null,
  file_removed_at timestamptz,
  primary key (organization_id, id)
);
comment on table recording_loose is 'A call from a telephone exchange before it is known whose it was: sealed as any recording, heard by nobody. It becomes a recording under the same id, or loses its key.';
comment on column recording_loose.pieces is 'Where each piece lies: [{"at", "sealed", "size", "ms"}].';
create index recording_loose_file_left on recording_loose (organization_id, id) where sealed_key is null and file_removed_at is null;
call peiban_tenant_table('recording_loose');
