-- Recordings of a telephone exchange: what it told of a call, and whose it turned out to be.

create table call_sound (
  organization_id uuid not null references organization (id),
  id uuid not null,
  key text not null,
  call_id uuid,
  phone_index bytea,
  phone_masked text,
  extension text not null default '',
  began_at timestamptz not null,
  duration_ms int not null check (duration_ms > 0),
  consent text not null check (consent in ('given', 'refused', 'unknown')),
  state text not null check (state in ('awaiting', 'waiting', 'matched', 'refused', 'discarded')),
  reason text check (reason in ('no-call', 'many-calls', 'consent-unknown', 'off')),
  loose_id uuid,
  digest bytea,
  session_id uuid,
  told_at timestamptz not null,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  note text not null default '',
  primary key (organization_id, id),
  constraint call_sound_key unique (organization_id, key),
  foreign key (organization_id, session_id) references call_session (organization_id, id),
  check ((state = 'waiting') = (reason is not null)),
  check (state <> 'waiting' or loose_id is not null),
  check ((state in ('awaiting', 'waiting')) = (settled_at is null))
);
comment on table call_sound is 'What a telephone exchange told of a recorded call. Nothing is lost: what nobody can tell by rule waits, with the reason, for a person.';
comment on column call_sound.key is 'The exchange''s own id: told twice, it is one.';
comment on column call_sound.loose_id is 'The sealed sound in the room recording; once matched, the id of the recording.';
create index call_sound_open on call_sound (organization_id, began_at desc, id desc) where state in ('awaiting', 'waiting');
create index call_sound_newest on call_sound (organization_id, began_at desc, id desc);
call peiban_tenant_table('call_sound');
