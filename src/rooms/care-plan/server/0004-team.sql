-- Those who look after a person beside doctor, manager and counsellor; notes that are for somebody; records that stand.

create table care_team_member (
  organization_id uuid not null,
  patient_id uuid not null,
  staff_id uuid not null,
  role text not null check (role in ('nurse', 'dietitian', 'social-worker', 'therapist', 'pharmacist', 'specialist', 'other')),
  joined_at timestamptz not null,
  by_id uuid,
  by_name text not null,
  moved jsonb not null default '[]',
  primary key (organization_id, patient_id, staff_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table care_team_member is 'FHIR CareTeam.participant beside the three carers of a person: what each of them does in this team. Who leaves is taken out; the note of it stays.';
call peiban_tenant_table('care_team_member');

alter table care_team_note add column role text not null default '';
alter table care_team_note add column to_id uuid;
alter table care_team_note add column to_name text;
alter table care_team_note add column seen_at timestamptz;
comment on column care_team_note.role is 'What the writer was in the team when it was written; empty for who stood outside.';
comment on column care_team_note.seen_at is 'When the one it is for said that they have read it.';

create function mdt_meeting_stands() returns trigger language plpgsql as $$
declare
  kept record;
begin
  if old.state <> 'signed' then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' then
    raise exception 'a signed meeting does not go' using errcode = 'PB001';
  end if;
  kept := new;
  -- Only a merge of two files moves it.
  kept.patient_id := old.patient_id;
  kept.moved := old.moved;
  if kept is distinct from old then
    raise exception 'a signed meeting does not change' using errcode = 'PB001';
  end if;
  return new;
end $$;
create trigger mdt_meeting_stands before update or delete on mdt_meeting for each row execute function mdt_meeting_stands();
