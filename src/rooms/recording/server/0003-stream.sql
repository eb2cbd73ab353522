-- Calls that a telephone exchange hands on while they are spoken (AudioSocket).

create table recording_stream (
  organization_id uuid not null,
  id uuid not null,
  recording_id uuid not null,
  connection uuid,
  seen_at timestamptz,
  claimed_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, recording_id),
  foreign key (organization_id, recording_id) references recording (organization_id, id)
);
comment on table recording_stream is 'The UUID by which a telephone exchange brings the sound of one call: issued once the person has said yes, good as long as that recording runs.';
comment on column recording_stream.id is 'The UUID itself, of chance: who knows it may bring sound and hear none.';
comment on column recording_stream.connection is 'Who brings the sound now; of two with one UUID the second is refused.';
comment on column recording_stream.seen_at is 'When something was last heard of that connection: after a crash another may take its place.';
comment on column recording_stream.claimed_at is 'When the exchange asked for it.';
call peiban_tenant_table('recording_stream');
