-- Questionnaires and intake forms: versions, links, answers.

create table questionnaire (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  title_zh text not null,
  title_en text not null,
  sensitivity text not null check (sensitivity in ('ordinary', 'mental')),
  definition jsonb not null,
  questions int not null,
  licence text not null default '',
  source text not null default '',
  revision int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  published_at timestamptz,
  published_by uuid,
  published_by_name text,
  primary key (organization_id, code, version)
);
comment on table questionnaire is 'FHIR Questionnaire by version. What was published never changes; answers keep the version they were given to.';
create unique index questionnaire_in_force on questionnaire (organization_id, code) where state = 'active';
create unique index questionnaire_draft on questionnaire (organization_id, code) where state = 'draft';
call peiban_tenant_table('questionnaire');

create table questionnaire_invitation (
  organization_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('personal', 'open')),
  code text not null,
  version int not null,
  patient_id uuid,
  state text not null default 'open' check (state in ('open', 'answered', 'locked', 'withdrawn')),
  token_hash bytea not null,
  closes_at timestamptz,
  quota int check (quota > 0),
  answers int not null default 0,
  tries int not null default 0,
  draft_sealed bytea,
  draft_at timestamptz,
  opened_at timestamptz,
  sent_at timestamptz not null,
  sent_by uuid,
  sent_by_name text not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, token_hash),
  foreign key (organization_id, code, version) references questionnaire (organization_id, code, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((kind = 'personal') = (patient_id is not null)),
  check (quota is null or answers <= quota)
);
comment on table questionnaire_invitation is 'A link to fill a questionnaire in. Only the hash of its token is kept; what is filled in on the way is kept sealed and goes when the answers are handed in.';
comment on column questionnaire_invitation.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
-- One open link per person and questionnaire: asking twice is not asking better.
create unique index questionnaire_invitation_once on questionnaire_invitation (organization_id, patient_id, code) where state = 'open';
create index questionnaire_invitation_of_code on questionnaire_invitation (organization_id, code, sent_at desc) where kind = 'open';
create index questionnaire_invitation_of_patient on questionnaire_invitation (organization_id, patient_id, sent_at desc);
call peiban_tenant_table('questionnaire_invitation');

create table questionnaire_response (
  organization_id uuid not null,
  id uuid not null,
  code text not null,
  version int not null,
  patient_id uuid,
  invitation_id uuid,
  submission uuid not null,
  author text not null check (author in ('patient', 'proxy', 'staff', 'anonymous')),
  by_id uuid,
  by_name text not null,
  answered_at timestamptz not null,
  response jsonb not null,
  scores jsonb not null default '[]',
  corrects uuid,
  because text not null default '',
  superseded_by uuid,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, submission),
  foreign key (organization_id, code, version) references questionnaire (organization_id, code, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  foreign key (organization_id, invitation_id) references questionnaire_invitation (organization_id, id),
  foreign key (organization_id, corrects) references questionnaire_response (organization_id, id),
  check ((author = 'anonymous') = (patient_id is null))
);
comment on table questionnaire_response is 'FHIR QuestionnaireResponse with its scores. Answers never change: a correction is a new row, and the old one names it.';
-- A version is corrected once; whoever comes second is told to look again.
create unique index questionnaire_response_corrects on questionnaire_response (organization_id, corrects) where corrects is not null;
create index questionnaire_response_of_patient on questionnaire_response (organization_id, patient_id, answered_at desc, id desc);
create index questionnaire_response_of_code on questionnaire_response (organization_id, code, version) where superseded_by is null;
call peiban_tenant_table('questionnaire_response');
