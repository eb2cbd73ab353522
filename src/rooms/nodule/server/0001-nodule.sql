-- 结节管理: lung, breast and thyroid nodules from the scan they were found on to a result.

create table nodule_setting (
  organization_id uuid not null references organization (id),
  organ text not null check (organ in ('lung', 'breast', 'thyroid')),
  version int not null,
  definition jsonb not null,
  set_by uuid not null,
  set_by_name text not null,
  set_at timestamptz not null,
  primary key (organization_id, organ, version)
);
comment on table nodule_setting is 'Which guideline an organ is looked after by and which intervals follow from it, in the name of who has set it; the highest version counts. Without a row nothing counts: guidelines give different months for the same nodule.';
call peiban_tenant_table('nodule_setting');
call peiban_append_only('nodule_setting');

create table nodule (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  organ text not null check (organ in ('lung', 'breast', 'thyroid')),
  side text not null check (side in ('left', 'right', 'middle', 'unknown')),
  place text not null default '',
  request_key uuid not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  waiting text check (waiting in ('grade', 'setting', 'interval')),
  waiting_since date,
  waiting_act_on date,
  waiting_level int not null default 0,
  recheck_id uuid,
  from_on date,
  due_on date,
  recheck_act_on date,
  recheck_level int not null default 0,
  act_on date generated always as (least(waiting_act_on, recheck_act_on)) stored,
  last_scan_on date not null,
  closed_at timestamptz,
  closed_by uuid,
  closed_by_name text,
  result text check (result in ('operated', 'benign-pathology', 'in-treatment', 'resolved', 'completed', 'elsewhere', 'declined', 'entered-in-error')),
  result_text text,
  result_on date,
  created_at timestamptz not null,
  version int not null default 1,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  constraint nodule_once unique (organization_id, request_key),
  constraint nodule_never_lost check (state = 'closed' or waiting is not null or recheck_id is not null),
  constraint nodule_closed_with_result check ((state = 'closed') = (result is not null and length(result_text) >= 2 and closed_at is not null)),
  constraint nodule_recheck_has_days check ((recheck_id is null) = (due_on is null) and (due_on is null) = (from_on is null)),
  constraint nodule_waiting_since check ((waiting is null) = (waiting_since is null)),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table nodule is 'One nodule of one person (FHIR BodyStructure with its Observations). An open one has a recheck, or waits for a physician: it is never simply forgotten, and never closed by time.';
comment on column nodule.act_on is 'The day on which the round has something to do for it: make a task, pass it on.';
comment on column nodule.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index nodule_of_patient on nodule (organization_id, patient_id, last_scan_on desc, id desc);
create index nodule_by_day on nodule (organization_id, due_on, id) where state = 'open' and due_on is not null;
create index nodule_waiting on nodule (organization_id, waiting_since, id) where state = 'open' and waiting is not null;
create index nodule_to_act on nodule (organization_id, act_on, id) where state = 'open' and act_on is not null;
create index nodule_closed on nodule (organization_id, closed_at desc, id desc) where state = 'closed';
call peiban_tenant_table('nodule');

create table nodule_scan (
  organization_id uuid not null,
  id uuid not null,
  nodule_id uuid not null,
  request_key uuid not null,
  scanned_on date not null,
  modality text not null check (modality in ('ct', 'ldct', 'ultrasound', 'mammography', 'mri', 'other')),
  report_id uuid,
  facility text not null default '',
  gone boolean not null default false,
  long_mm double precision check (long_mm > 0),
  short_mm double precision check (short_mm > 0 and short_mm <= long_mm),
  depth_mm double precision check (depth_mm > 0),
  solid_mm double precision check (solid_mm >= 0 and solid_mm <= long_mm),
  features jsonb not null default '{}',
  report_text text not null default '',
  radiologist jsonb,
  corrects uuid,
  superseded_by uuid,
  superseded_because text,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  constraint nodule_scan_once unique (organization_id, request_key),
  constraint nodule_scan_has_size check (gone = (long_mm is null)),
  foreign key (organization_id, nodule_id) references nodule (organization_id, id)
);
comment on table nodule_scan is 'A look at a nodule as the report describes it, sizes in mm. Never changed: a correction is a new row that supersedes it; a withdrawn one names itself.';
create unique index nodule_scan_corrects on nodule_scan (organization_id, corrects) where corrects is not null;
create index nodule_scan_of_nodule on nodule_scan (organization_id, nodule_id, scanned_on desc, id desc);
call peiban_tenant_table('nodule_scan');

create table nodule_grade (
  organization_id uuid not null,
  id uuid not null,
  nodule_id uuid not null,
  scan_id uuid not null,
  kind text not null check (kind in ('category', 'probability')),
  state text not null check (state in ('proposed', 'settled')),
  source text not null check (source in ('report', 'instrument', 'physician')),
  system text,
  category text not null,
  pct double precision,
  raw text not null default '',
  instrument_version text,
  input jsonb not null default '{}',
  output jsonb not null default '{}',
  caveats text[] not null default '{}',
  because text not null default '',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  superseded_by uuid,
  primary key (organization_id, id),
  constraint nodule_grade_settled_by_person check (state = 'proposed' or (by_id is not null and source = 'physician')),
  foreign key (organization_id, nodule_id) references nodule (organization_id, id),
  foreign key (organization_id, scan_id) references nodule_scan (organization_id, id)
);
comment on table nodule_grade is 'A category of a scan with its system (FHIR Observation.interpretation): proposed by the report or an instrument, settled by a physician. Kept for ever; a later one supersedes it.';
comment on column nodule_grade.system is 'Null where the report names a category without its system.';
create unique index nodule_grade_standing on nodule_grade (organization_id, scan_id) where state = 'settled' and superseded_by is null;
create index nodule_grade_of_nodule on nodule_grade (organization_id, nodule_id, at desc, id desc);
call peiban_tenant_table('nodule_grade');

create table nodule_recheck (
  organization_id uuid not null,
  id uuid not null,
  nodule_id uuid not null,
  kind text not null check (kind in ('recheck', 'refer')),
  source text not null check (source in ('radiologist', 'guideline', 'physician')),
  system text,
  setting_version int,
  grade_id uuid,
  anchor_scan_id uuid not null,
  anchor_on date not null,
  months double precision,
  from_on date not null,
  due_on date not null,
  words text not null default '',
  state text not null default 'open' check (state in ('open', 'met', 'replaced', 'ended')),
  met_scan_id uuid,
  replaced_by uuid,
  task_id uuid,
  by_id uuid,
  by_name text not null,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (organization_id, id),
  constraint nodule_recheck_met_by_scan check ((state = 'met') = (met_scan_id is not null)),
  constraint nodule_recheck_from_scan check (due_on >= anchor_on and from_on <= due_on),
  foreign key (organization_id, nodule_id) references nodule (organization_id, id),
  foreign key (organization_id, anchor_scan_id) references nodule_scan (organization_id, id),
  foreign key (organization_id, met_scan_id) references nodule_scan (organization_id, id)
);
comment on table nodule_recheck is 'When to look again (FHIR ServiceRequest), counted from the day of the scan. Met by a new scan only; replaced by another interval; ended with the nodule and its result.';
create unique index nodule_recheck_open on nodule_recheck (organization_id, nodule_id) where state = 'open';
create index nodule_recheck_of_nodule on nodule_recheck (organization_id, nodule_id, created_at desc);
call peiban_tenant_table('nodule_recheck');

create table nodule_talk (
  organization_id uuid not null,
  id uuid not null,
  nodule_id uuid not null,
  request_key uuid not null,
  worries jsonb not null default '[]',
  card_code text,
  card_version int,
  taught_back boolean not null,
  their_words text not null default '',
  note text not null default '',
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, id),
  constraint nodule_talk_once unique (organization_id, request_key),
  constraint nodule_talk_taught_back check (not taught_back or length(their_words) >= 2),
  foreign key (organization_id, nodule_id) references nodule (organization_id, id)
);
comment on table nodule_talk is 'A talk about a nodule: what worries the person, in their words, and whether they told it back in their own.';
create index nodule_talk_of_nodule on nodule_talk (organization_id, nodule_id, at desc);
call peiban_tenant_table('nodule_talk');
call peiban_append_only('nodule_talk');

create table nodule_event (
  organization_id uuid not null,
  nodule_id uuid not null,
  version int not null,
  kind text not null,
  note text not null default '',
  detail jsonb not null default '{}',
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, nodule_id, version),
  foreign key (organization_id, nodule_id) references nodule (organization_id, id)
);
comment on table nodule_event is 'The log of a nodule, one line per version: who did what and when.';
call peiban_tenant_table('nodule_event');
call peiban_append_only('nodule_event');

create table nodule_card (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  kind text not null check (kind in ('education', 'worry')),
  state text not null check (state in ('draft', 'active', 'retired')),
  definition jsonb not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  published_by uuid,
  published_by_name text,
  published_at timestamptz,
  primary key (organization_id, code, version)
);
comment on table nodule_card is 'What people read about nodules of a category, and what may worry them with words for the staff; by version, published by another person than the author.';
create unique index nodule_card_in_force on nodule_card (organization_id, code) where state = 'active';
create unique index nodule_card_draft on nodule_card (organization_id, code) where state = 'draft';
call peiban_tenant_table('nodule_card');
