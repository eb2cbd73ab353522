-- Recording: calls as they were spoken, sealed piece by piece; who agreed to it, who listened, when it goes.

create table recording_setting (
  organization_id uuid not null references organization (id),
  enabled boolean not null,
  classes jsonb not null default '{}',
  revision int not null,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  primary key (organization_id)
);
comment on table recording_setting is 'Whether calls are recorded, and how long each class is kept. Without a row: as content/classes.json says.';
comment on column recording_setting.classes is 'What differs from content/classes.json, by class: {"service": {"enabled": false, "keepMonths": 24}}.';
call peiban_tenant_table('recording_setting');

create table recording_line (
  organization_id uuid not null references organization (id),
  version int not null check (version > 0),
  zh text not null,
  en text not null,
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  primary key (organization_id, version)
);
comment on table recording_line is 'What people are told before a call is recorded, by version; the newest counts. Version 0 is content/consent-line.json.';
call peiban_tenant_table('recording_line');
call peiban_append_only('recording_line');

create table recording (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  key uuid not null,
  class text not null check (class in ('follow-up', 'interpretation', 'service')),
  subject_kind text not null check (subject_kind in ('follow-up', 'interpretation', 'other')),
  subject_id uuid,
  source text not null default 'browser' check (source in ('browser', 'exchange')),
  state text not null check (state in ('recording', 'ended', 'interrupted', 'refused', 'withdrawn', 'deleted')),
  media text not null,
  staff_id uuid not null,
  staff_name text not null,
  begun_at timestamptz not null,
  last_piece_at timestamptz,
  ended_at timestamptz,
  expected_pieces int,
  pieces int not null default 0,
  bytes bigint not null default 0,
  sealed_bytes bigint not null default 0,
  duration_ms int not null default 0,
  sealed_key bytea,
  held_at timestamptz,
  held_by_name text,
  held_because text,
  deleted_at timestamptz,
  deleted_because text check (deleted_because in ('retention', 'withdrawn')),
  deleted_rule text,
  file_removed_at timestamptz,
  plays int not null default 0,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, key),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((held_at is null) = (held_because is null)),
  check ((deleted_at is null) = (deleted_because is null)),
  check (state not in ('refused', 'withdrawn', 'deleted') or sealed_key is null)
);
comment on table recording is 'A call as it was spoken (FHIR Media), or that somebody did not want it recorded. The sound lies in the file store, sealed with a key of its own; without the key nobody hears it again.';
comment on column recording.key is 'Of the request that began it: sent twice, it begins once.';
comment on column recording.subject_id is 'What the call was about: a follow-up, a talk. Of a room that stands after this one, so nothing here looks it up.';
comment on column recording.sealed_key is 'The key of its pieces, sealed with the key of the house. Null: there is nothing to hear, whatever copies of the file there may be.';
comment on column recording.sealed_bytes is 'Where the next piece begins in the file.';
comment on column recording.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create unique index recording_open_of_staff on recording (organization_id, staff_id) where state = 'recording';
create index recording_of_patient on recording (organization_id, patient_id, begun_at desc, id desc);
create index recording_newest on recording (organization_id, begun_at desc, id desc);
create index recording_of_subject on recording (organization_id, subject_id) where subject_id is not null;
create index recording_kept on recording (organization_id, class, begun_at) where sealed_key is not null;
create index recording_file_left on recording (organization_id, id) where sealed_key is null and sealed_bytes > 0 and file_removed_at is null;
call peiban_tenant_table('recording');

create table recording_consent (
  organization_id uuid not null,
  recording_id uuid not null,
  id uuid not null,
  event text not null check (event in ('given', 'refused', 'withdrawn')),
  line_version int not null,
  at timestamptz not null,
  by_id uuid,
  by_name text not null,
  primary key (organization_id, id),
  foreign key (organization_id, recording_id) references recording (organization_id, id)
);
comment on table recording_consent is 'What somebody said when they were told that the call is recorded: to whom, when, after which version of the line (FHIR Consent).';
create index recording_consent_of_recording on recording_consent (organization_id, recording_id, at);
call peiban_tenant_table('recording_consent');
call peiban_append_only('recording_consent');

create table recording_piece (
  organization_id uuid not null,
  recording_id uuid not null,
  number int not null check (number >= 0),
  key uuid not null,
  at_byte bigint not null,
  sealed_size int not null check (sealed_size > 0),
  size int not null check (size > 0),
  duration_ms int not null check (duration_ms between 1 and 10000),
  peaks bytea not null,
  received_at timestamptz not null,
  primary key (organization_id, recording_id, number),
  foreign key (organization_id, recording_id) references recording (organization_id, id)
);
comment on table recording_piece is 'Where in the file each piece of a recording lies, by its number in the order of speech.';
comment on column recording_piece.peaks is 'The loudest of each quarter of a second, 0 to 100, as the browser heard it.';
call peiban_tenant_table('recording_piece');

create table recording_mark (
  organization_id uuid not null,
  recording_id uuid not null,
  ref text not null,
  at_ms int not null check (at_ms >= 0),
  label text not null,
  primary key (organization_id, recording_id, ref),
  foreign key (organization_id, recording_id) references recording (organization_id, id)
);
comment on table recording_mark is 'Where in a recording a question was answered: the question, never the answer.';
call peiban_tenant_table('recording_mark');

create table recording_play (
  organization_id uuid not null,
  recording_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  staff_name text not null,
  reason text not null,
  at timestamptz not null,
  expires_at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, recording_id) references recording (organization_id, id)
);
comment on table recording_play is 'Who listened to what, when, and why. A play opens the sound to its listener for some hours.';
create index recording_play_of_recording on recording_play (organization_id, recording_id, at desc);
call peiban_tenant_table('recording_play');
call peiban_append_only('recording_play');

create table recording_transcript (
  organization_id uuid not null,
  recording_id uuid not null,
  id uuid not null,
  recogniser text not null,
  made_at timestamptz not null,
  sealed_text bytea not null,
  primary key (organization_id, id),
  foreign key (organization_id, recording_id) references recording (organization_id, id)
);
comment on table recording_transcript is 'What a recogniser heard in a recording, sealed. No recogniser comes with Peiban and none runs unless the house connects one.';
create index recording_transcript_of_recording on recording_transcript (organization_id, recording_id);
call peiban_tenant_table('recording_transcript');
