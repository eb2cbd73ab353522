-- What was said, in words: made by a recogniser of the house where one is connected, corrected by hand.

alter table recording_line add column transcript boolean not null default false;
comment on column recording_line.transcript is 'It tells people that the call is turned into text as well. Only who has said yes to such a line is transcribed.';

alter table recording_setting add column transcribe boolean not null default false;
comment on column recording_setting.transcribe is 'Whether calls are turned into text; off until somebody switches it on.';

create table recording_transcription (
  organization_id uuid not null,
  recording_id uuid not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  attempts int not null default 0,
  next_at timestamptz,
  why text check (why in ('unreachable', 'login', 'busy', 'too-large', 'unreadable', 'faulty')),
  words text,
  asked_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, recording_id),
  foreign key (organization_id, recording_id) references recording (organization_id, id),
  check ((state = 'waiting') = (next_at is not null)),
  check (state <> 'failed' or why is not null)
);
comment on table recording_transcription is 'How far a recording has come on its way to text. Whoever works at one has put `next_at` beyond the time it may take, so that after a crash another takes it up.';
comment on column recording_transcription.words is 'What the recogniser answered, its status alone: never what was said.';
create index recording_transcription_due on recording_transcription (organization_id, next_at) where state = 'waiting';
call peiban_tenant_table('recording_transcription');

alter table recording_transcript
  add column version int not null default 1 check (version > 0),
  add column by_id uuid,
  add column by_name text;
alter table recording_transcript alter column recogniser drop not null;
comment on table recording_transcript is 'What was said in a recording, by version: the first by a recogniser, those after it corrected by hand. Sealed with the key of the recording, so that it goes with it wherever copies lie.';
comment on column recording_transcript.recogniser is 'By which the first was made; null: by hand.';
create unique index recording_transcript_version on recording_transcript (organization_id, recording_id, version);
