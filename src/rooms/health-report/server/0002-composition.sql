-- The report as a document that doctors sign: draft, signed in all its parts, issued; then it stands, and what is to be
-- corrected is a new version. Beside it the sealed sheet of hepatitis B, and lists of people printed as one job.

create table report_composition (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  exam_report_id uuid not null,
  exam_on date not null,
  exam_title text not null,
  version int not null,
  state text not null check (state in ('draft', 'signed', 'issued', 'amended', 'recalled')),
  conclusions jsonb not null default '[]',
  not_done jsonb not null default '[]',
  parts jsonb not null default '[]',
  edition int not null default 1,
  started_by uuid,
  started_by_name text not null,
  started_at timestamptz not null,
  changed_at timestamptz not null,
  issued_by uuid,
  issued_by_name text,
  issued_by_title text,
  issued_at timestamptz,
  issued_on date,
  content_key text,
  because text not null default '',
  before_id uuid,
  recalled_by_name text,
  recalled_at timestamptz,
  recalled_because text,
  notified_by_name text,
  notified_at timestamptz,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, exam_report_id, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((state in ('draft', 'signed')) = (content_key is null)),
  check ((content_key is null) = (issued_at is null))
);
comment on table report_composition is 'FHIR Composition: the report of one examination. draft: parts wait for their signatures; signed: it waits for the chief examiner; issued: it stands for ever; amended: a newer version stands; recalled: it must not be shown.';
comment on column report_composition.parts is 'Parts as they were looked at last, for lists: {key, title, hash, abnormal, signed}. What counts is compared anew when somebody signs.';
comment on column report_composition.content_key is 'The file that holds what was issued; its name is the SHA-256 of its content, which the chief examiner''s signature names.';
create unique index report_composition_open on report_composition (organization_id, exam_report_id) where state in ('draft', 'signed');
create index report_composition_of_patient on report_composition (organization_id, patient_id, id desc);
create index report_composition_waiting on report_composition (organization_id, state, id) where state in ('draft', 'signed');
create index report_composition_issued on report_composition (organization_id, issued_at desc, id desc) where state = 'issued';
call peiban_tenant_table('report_composition');

-- What was issued stays as it was issued: only whether it still stands, who was told and whose file it is may change.
create function report_composition_keep() returns trigger language plpgsql as $$
declare
  kept record;
begin
  if tg_op = 'DELETE' then
    raise exception 'reports are never deleted' using errcode = 'PB001';
  end if;
  if old.content_key is not null then
    kept := new;
    kept.state := old.state;
    kept.patient_id := old.patient_id;
    kept.moved := old.moved;
    kept.notified_by_name := old.notified_by_name;
    kept.notified_at := old.notified_at;
    kept.recalled_by_name := old.recalled_by_name;
    kept.recalled_at := old.recalled_at;
    kept.recalled_because := old.recalled_because;
    if kept is distinct from old or new.state in ('draft', 'signed') then
      raise exception 'an issued report does not change: a correction is a new version' using errcode = 'PB001';
    end if;
  end if;
  return new;
end $$;
create trigger keep_issued before update or delete on report_composition for each row execute function report_composition_keep();

create table report_signature (
  organization_id uuid not null references organization (id),
  composition_id uuid not null,
  number int not null,
  part text not null,
  act text not null check (act in ('signed', 'taken-back')),
  content_hash text not null,
  by_id uuid not null,
  by_name text not null,
  by_title text not null default '',
  at timestamptz not null,
  primary key (organization_id, composition_id, number),
  foreign key (organization_id, composition_id) references report_composition (organization_id, id)
);
comment on table report_signature is 'Who signed which part of a report, bound to its content: it counts as long as the part says what it said then. part `chief` is the whole. The newest row of a part stands.';
call peiban_tenant_table('report_signature');
call peiban_append_only('report_signature');

create table report_wish (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  exam_report_id uuid not null,
  wished_on date not null,
  kept_where text not null,
  recorded_by uuid,
  recorded_by_name text not null,
  recorded_at timestamptz not null,
  withdrawn_by_name text,
  withdrawn_at timestamptz,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table report_wish is 'FHIR Consent: the person''s own written wish to be given the results of hepatitis B of one examination, and where the paper is kept. Without it the sealed sheet is not made.';
create unique index report_wish_standing on report_wish (organization_id, exam_report_id) where withdrawn_at is null;
call peiban_tenant_table('report_wish');

alter table health_report
  add column kind text not null default 'report' check (kind in ('report', 'sealed')),
  add column composition_id uuid,
  add column content_hash text,
  add column code_sealed bytea,
  add column moved jsonb not null default '[]',
  add foreign key (organization_id, composition_id) references report_composition (organization_id, id);
comment on column health_report.kind is 'sealed: the sheet of hepatitis B, handed to the person alone.';
comment on column health_report.content_hash is 'Of all that is printed but number, code and day: asked for again, the same paper is given out.';
comment on column health_report.code_sealed is 'The code behind the QR, encrypted, until the file is drawn and ever after: a copy carries the same.';
create unique index health_report_same on health_report (organization_id, patient_id, exam_report_id, kind, language, content_hash)
  where state in ('waiting', 'ready') and content_hash is not null;
create index health_report_of_composition on health_report (organization_id, composition_id) where composition_id is not null;

alter table health_report_batch
  add column language text not null default 'zh-CN' check (language in ('zh-CN', 'en')),
  add column drafts boolean not null default false,
  add column created_by_name text not null default '',
  add column cancelled_at timestamptz,
  add column cancelled_by_name text,
  add column finished_at timestamptz;
comment on column health_report_batch.drafts is 'Whether reports that are not issued are printed as drafts; otherwise they are refused.';
create index health_report_batch_newest on health_report_batch (organization_id, created_at desc, id desc);
create index health_report_batch_open on health_report_batch (organization_id, id) where finished_at is null;

create table health_report_batch_item (
  organization_id uuid not null references organization (id),
  batch_id uuid not null,
  place int not null,
  patient_id uuid not null,
  state text not null check (state in ('waiting', 'done', 'refused', 'failed', 'cancelled')),
  claimed_until timestamptz,
  attempts int not null default 0,
  report_id uuid,
  reason text,
  done_at timestamptz,
  primary key (organization_id, batch_id, place),
  unique (organization_id, batch_id, patient_id),
  foreign key (organization_id, batch_id) references health_report_batch (organization_id, id)
);
comment on table health_report_batch_item is 'One person of a list. A worker claims it for a minute; when the worker dies, another takes it after that. reason is the code of a refusal.';
call peiban_tenant_table('health_report_batch_item');
