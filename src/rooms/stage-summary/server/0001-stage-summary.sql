-- 健康阶段总结: how a stage went, drafted from facts, edited by people, signed by the doctor, read by the person.

create table stage_summary (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'signed', 'corrected')),
  version int not null default 1,
  from_on date not null,
  until_on date not null,
  language text not null,
  sections jsonb not null,
  facts jsonb not null,
  because text not null default '',
  corrects uuid,
  corrected_by uuid,
  drafted_by uuid,
  drafted_by_name text not null,
  drafted_at timestamptz not null,
  sign_task_key text,
  signed_by uuid,
  signed_by_name text,
  signed_at timestamptz,
  sent_at timestamptz,
  sent_by_name text,
  revision int not null default 1,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, corrects) references stage_summary (organization_id, id),
  constraint stage_summary_period check (until_on >= from_on),
  constraint stage_summary_signed check (state not in ('signed', 'corrected') or (signed_by is not null and signed_at is not null))
);
comment on table stage_summary is 'FHIR Composition of one stage. What was signed never changes: a correction is a new row, which takes its place when it is signed.';
comment on column stage_summary.facts is 'What the sentences rest on, as it was when the draft was made; ids of the rows of the record stay with it.';
-- One draft per person.
create unique index stage_summary_open on stage_summary (organization_id, patient_id) where state in ('draft', 'submitted');
create unique index stage_summary_corrects on stage_summary (organization_id, corrects) where corrects is not null;
create index stage_summary_of_patient on stage_summary (organization_id, patient_id, until_on desc, id desc);
call peiban_tenant_table('stage_summary');

create function stage_summary_stands() returns trigger language plpgsql as $$
begin
  if old.state in ('signed', 'corrected') and (new.sections, new.facts, new.signed_by, new.signed_at, new.from_on, new.until_on)
    is distinct from (old.sections, old.facts, old.signed_by, old.signed_at, old.from_on, old.until_on) then
    raise exception 'a signed stage summary does not change' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger stage_summary_stands before update on stage_summary for each row execute function stage_summary_stands();
