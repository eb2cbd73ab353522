-- How patients come to their own pages: a way is a link with a proof, a session is what it opens.

create table patient_way (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  token_hash bytea not null,
  page text not null check (page ~ '^/my(/[a-z0-9-]+){0,2}$'),
  sent_by text not null check (sent_by in ('code', 'mail', 'message')),
  state text not null default 'open' check (state in ('open', 'locked', 'withdrawn')),
  tries int not null default 0,
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  expires_at timestamptz not null,
  opens int not null default 0,
  opened_at timestamptz,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table patient_way is 'A link to a person''s own pages. Only the hash of its token is kept; whoever has the link still has to know the date of birth.';
comment on column patient_way.page is 'Where it leads once it is opened.';
comment on column patient_way.sent_by is 'code: shown on the spot; mail: sent from the patient''s page; message: another room put it into a message.';
comment on column patient_way.tries is 'Wrong dates since it was last opened; the fifth locks it.';
comment on column patient_way.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index patient_way_of_patient on patient_way (organization_id, patient_id, made_at desc);
create index patient_way_expired on patient_way (organization_id, expires_at);
call peiban_tenant_table('patient_way');

create table patient_session (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  way_id uuid not null,
  token_hash bytea not null,
  stays boolean not null,
  device text not null check (device in ('phone', 'computer')),
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('signed-out', 'withdrawn', 'died', 'merged')),
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, way_id) references patient_way (organization_id, id),
  check ((ended_at is null) = (ended_because is null))
);
comment on table patient_session is 'A patient who has come in. Ends by itself when it is not used, or at the latest at expires_at.';
comment on column patient_session.stays is 'The person said that the phone is theirs: the session then outlives the closing of the browser.';
create index patient_session_of_patient on patient_session (organization_id, patient_id, opened_at desc);
create index patient_session_of_way on patient_session (organization_id, way_id);
create index patient_session_expired on patient_session (organization_id, expires_at);
call peiban_tenant_table('patient_session');
