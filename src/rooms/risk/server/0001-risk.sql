-- What a person is at risk of, as instruments see it. Every result is kept for ever; a newer one stands beside it.

create table risk_assessment (
  organization_id uuid not null,
  patient_id uuid not null,
  instrument text not null,
  id uuid not null,
  version text not null,
  form text not null,
  inputs jsonb not null,
  missing text[] not null default '{}',
  output jsonb not null,
  value double precision,
  band text,
  caveats text[] not null default '{}',
  release text not null check (release in ('clinician', 'automatic')),
  expires_on date,
  because text not null check (because in ('facts', 'asked', 'upgrade')),
  asked_by uuid,
  computed_at timestamptz not null,
  input_hash text not null,
  before_id uuid,
  primary key (organization_id, patient_id, instrument, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table risk_assessment is 'FHIR RiskAssessment: one computed result, with the version of the instrument and all it was computed from. Never changed: new facts, an upgrade or a new answer make a new row.';
comment on column risk_assessment.inputs is 'List of {input, value, unit, from, ids, on, count, by}: where each value is from and of which day.';
comment on column risk_assessment.missing is 'Optional inputs that were not known.';
comment on column risk_assessment.release is 'What the instrument''s card asked for at that time: whether a clinician reads it before the person does.';
comment on column risk_assessment.before_id is 'The result that stood before. It is in the unique key, so that the same facts give no second row, but a value that comes back after a correction does.';
create unique index risk_assessment_once on risk_assessment
  (organization_id, patient_id, instrument, version, input_hash, before_id) nulls not distinct;
call peiban_tenant_table('risk_assessment');
call peiban_append_only('risk_assessment');

create table risk_decision (
  organization_id uuid not null,
  patient_id uuid not null,
  assessment_id uuid not null,
  number int not null,
  decision text not null check (decision in ('released', 'withheld')),
  note text not null default '',
  by_id uuid not null,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, patient_id, assessment_id, number),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table risk_decision is 'A clinician lets the person see a result, or keeps it back with a reason. The highest number stands; two who decide at once cannot both have it.';
call peiban_tenant_table('risk_decision');
call peiban_append_only('risk_decision');

create table risk_answer (
  organization_id uuid not null,
  patient_id uuid not null,
  question text not null,
  id uuid not null,
  value jsonb not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, patient_id, question, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table risk_answer is 'What instruments ask and the record does not tell: answered by whom and when. The newest stands as long as content/questions.json lets it.';
call peiban_tenant_table('risk_answer');
call peiban_append_only('risk_answer');

create table risk_watermark (
  organization_id uuid not null,
  patient_id uuid not null,
  fingerprint text not null,
  looked_at timestamptz not null,
  primary key (organization_id, patient_id)
);
comment on table risk_watermark is 'A digest of the facts that the instruments looked at last: who has the same one need not be looked at again.';
call peiban_tenant_table('risk_watermark');
