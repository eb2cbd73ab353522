-- How people feel, in their own words. The diary is the person's: who reads it is said per entry, and deleting deletes.

create table mood_entry (
  organization_id uuid not null,
  id uuid not null,
  patient_id uuid not null,
  client_key uuid not null,
  on_day date not null,
  mood smallint not null check (mood between 1 and 5),
  sleep_hours numeric(3, 1) check (sleep_hours between 0 and 24),
  note_sealed bytea,
  readers text not null check (readers in ('self', 'counsellor', 'team')),
  revision int not null default 1,
  written_at timestamptz not null,
  changed_at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, patient_id, client_key),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table mood_entry is 'A day of a person''s diary. Not part of the medical record: changed and deleted by the person alone.';
comment on column mood_entry.client_key is 'Made by the page: what is sent twice stands once.';
comment on column mood_entry.readers is 'self: nobody else; counsellor; team: counsellor and doctor.';
comment on column mood_entry.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index mood_entry_of_patient on mood_entry (organization_id, patient_id, on_day desc, id desc);
call peiban_tenant_table('mood_entry');
