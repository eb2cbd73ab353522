-- 报告解读: a doctor explains a report to its person at a time both have agreed on, and writes down what came of it.

create table interpretation_slot (
  organization_id uuid not null references organization (id),
  id uuid not null,
  doctor_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  way text not null check (way in ('phone', 'video', 'in-person', 'voice')),
  place text not null default '',
  series_id uuid,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint interpretation_slot_once unique (organization_id, doctor_id, starts_at),
  constraint interpretation_slot_lasts check (ends_at > starts_at),
  foreign key (organization_id, doctor_id) references staff (organization_id, id)
);
comment on table interpretation_slot is 'FHIR Slot: a time at which a doctor explains reports. Free ones may be removed; one that somebody has booked, met at or missed stays.';
comment on column interpretation_slot.series_id is 'Those that were offered together and repeat each week.';
create index interpretation_slot_in_time on interpretation_slot (organization_id, starts_at, id);
call peiban_tenant_table('interpretation_slot');

create table interpretation_order (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  report_id uuid not null,
  report_first_id uuid not null,
  exam_title text not null,
  exam_on date not null,
  state text not null check (state in ('asked', 'offered', 'booked', 'done', 'missed', 'cancelled')),
  question text not null,
  asked_by text not null check (asked_by in ('patient', 'staff')),
  asked_by_name text not null,
  asked_at timestamptz not null,
  slot_id uuid,
  ended_at timestamptz,
  ended_by_patient boolean not null default false,
  ended_because text not null default '',
  task_key text,
  read_version int not null default 0,
  recheck_key text,
  months int,
  months_asked int not null default 0,
  month_reason text,
  next_month_on date,
  tracking_end text check (tracking_end in ('wish', 'result', 'complete', 'deceased')),
  tracking_ended_on date,
  version int not null default 1,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, slot_id) references interpretation_slot (organization_id, id),
  constraint interpretation_order_has_slot check (state not in ('booked', 'done', 'missed') or slot_id is not null)
);
comment on table interpretation_order is 'FHIR ServiceRequest and Appointment: one interpretation of one report, asked for, offered times, booked, done, missed or cancelled.';
comment on column interpretation_order.report_first_id is 'The first version of the report: a correction of the report is the same report here.';
comment on column interpretation_order.task_key is 'Of the task that waits for somebody now: the manager''s to find a time, the doctor''s to talk.';
comment on column interpretation_order.read_version is 'The version of the outcome that the person has opened.';
comment on column interpretation_order.recheck_key is 'Under which the reminder of a voluntary recheck was planned; null: the person does not want one.';
comment on column interpretation_order.next_month_on is 'When the manager next asks how it goes; null: no monthly contact, or it has ended.';
-- One open interpretation per report, and one talk per time.
create unique index interpretation_order_open on interpretation_order (organization_id, report_first_id) where state in ('asked', 'offered', 'booked');
create unique index interpretation_order_slot on interpretation_order (organization_id, slot_id) where state in ('booked', 'done', 'missed');
create index interpretation_order_of_patient on interpretation_order (organization_id, patient_id, id desc);
create index interpretation_order_by_state on interpretation_order (organization_id, state, id desc);
create index interpretation_order_month on interpretation_order (organization_id, next_month_on) where next_month_on is not null;
call peiban_tenant_table('interpretation_order');

create table interpretation_offer (
  organization_id uuid not null,
  order_id uuid not null,
  slot_id uuid not null,
  primary key (organization_id, order_id, slot_id),
  foreign key (organization_id, order_id) references interpretation_order (organization_id, id),
  foreign key (organization_id, slot_id) references interpretation_slot (organization_id, id) on delete cascade
);
comment on table interpretation_offer is 'Times that were offered to a person. The same time may be offered to several; whoever books first has it.';
create index interpretation_offer_of_slot on interpretation_offer (organization_id, slot_id);
call peiban_tenant_table('interpretation_offer');

create table interpretation_outcome (
  organization_id uuid not null,
  order_id uuid not null,
  version int not null,
  content jsonb not null,
  content_hash text not null,
  because text not null default '',
  told jsonb not null default '[]',
  report_id uuid not null,
  signed_by uuid not null,
  signed_by_name text not null,
  signed_by_title text not null default '',
  signed_at timestamptz not null,
  primary key (organization_id, order_id, version),
  foreign key (organization_id, order_id) references interpretation_order (organization_id, id)
);
comment on table interpretation_outcome is 'FHIR Composition: what came of the talk, signed by the doctor; the highest version stands, those before it are kept.';
comment on column interpretation_outcome.content_hash is 'SHA-256 of the content: what the signature is bound to (电子签名法 §13).';
comment on column interpretation_outcome.told is 'Important abnormal results that the person heard of in the talk, by the id of their alert.';
call peiban_tenant_table('interpretation_outcome');
call peiban_append_only('interpretation_outcome');

create table interpretation_question (
  organization_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  text text not null,
  asked_at timestamptz not null,
  answer text not null default '',
  answered_by uuid,
  answered_by_name text not null default '',
  answered_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, order_id) references interpretation_order (organization_id, id)
);
comment on table interpretation_question is 'What somebody still asks after the talk, and the doctor''s answer.';
create index interpretation_question_of_order on interpretation_question (organization_id, order_id, asked_at, id);
create index interpretation_question_open on interpretation_question (organization_id, order_id) where answered_at is null;
call peiban_tenant_table('interpretation_question');

create table interpretation_event (
  organization_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  kind text not null,
  note text not null default '',
  slot_id uuid,
  by_id uuid,
  by_kind text not null,
  by_name text not null default '',
  at timestamptz not null,
  primary key (organization_id, id),
  foreign key (organization_id, order_id) references interpretation_order (organization_id, id)
);
comment on table interpretation_event is 'The log of an interpretation: who did what and when.';
create index interpretation_event_of_order on interpretation_event (organization_id, order_id, id);
call peiban_tenant_table('interpretation_event');
call peiban_append_only('interpretation_event');
