-- Ways in and out: several keys to one link, reminders, tablets, what staff have begun, the visit a form belongs to, and
-- what answers gave to the record.

alter table questionnaire_invitation
  add column sent_by_message boolean not null default false,
  add column remind_at timestamptz[] not null default '{}',
  add column next_remind_at timestamptz,
  add column visit_kind text check (visit_kind in ('encounter', 'task', 'planned')),
  add column visit_id uuid,
  add column visit_on date,
  add check ((visit_kind is null) = (visit_on is null));
comment on column questionnaire_invitation.remind_at is 'When whoever has not answered is reminded, in order; next_remind_at is the first of them that has not come yet.';
comment on column questionnaire_invitation.visit_kind is 'The visit it prepares: an encounter or a task of that id, or a day that was agreed on.';
create index questionnaire_invitation_to_remind on questionnaire_invitation (organization_id, next_remind_at, id)
  where state = 'open' and next_remind_at is not null;
create index questionnaire_invitation_of_visit on questionnaire_invitation (organization_id, visit_on, id) where visit_on is not null;

alter table questionnaire_response
  add column known_count int not null default 0,
  add column asked_again int not null default 0;
comment on column questionnaire_response.known_count is 'Questions that the record had answered: shown with their date, not asked.';
comment on column questionnaire_response.asked_again is 'Questions that were asked although their answer was on file; 0 is what the house wants (S1-17).';

create table questionnaire_key (
  organization_id uuid not null,
  token_hash bytea not null,
  invitation_id uuid not null,
  kind text not null check (kind in ('link', 'code', 'kiosk')),
  until timestamptz,
  primary key (organization_id, token_hash),
  foreign key (organization_id, invitation_id) references questionnaire_invitation (organization_id, id)
);
comment on table questionnaire_key is 'Further keys to a link, by their hash: a reminder brings a link of its own, a tablet is opened by a code of a few minutes. Nothing that opens a form is kept in clear.';
create index questionnaire_key_of_invitation on questionnaire_key (organization_id, invitation_id);
call peiban_tenant_table('questionnaire_key');

create table questionnaire_kiosk (
  organization_id uuid not null references organization (id),
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  tries int not null default 0,
  tries_since timestamptz,
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  ended_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
comment on table questionnaire_kiosk is 'A tablet that takes codes which staff show. After a few wrong codes it rests for a while.';
call peiban_tenant_table('questionnaire_kiosk');

create table questionnaire_interview (
  organization_id uuid not null,
  patient_id uuid not null,
  code text not null,
  staff_id uuid not null,
  corrects uuid,
  version int not null,
  submission uuid not null,
  draft_sealed bytea not null,
  kept_at timestamptz not null,
  primary key (organization_id, patient_id, code, staff_id),
  foreign key (organization_id, code, version) references questionnaire (organization_id, code, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table questionnaire_interview is 'What a member of staff has begun to fill in with a patient; it goes when it is handed in.';
call peiban_tenant_table('questionnaire_interview');

create table questionnaire_observation (
  organization_id uuid not null,
  response_id uuid not null,
  place text not null,
  code text not null,
  observation_id uuid not null,
  primary key (organization_id, response_id, place, code),
  foreign key (organization_id, response_id) references questionnaire_response (organization_id, id)
);
comment on table questionnaire_observation is 'Which observation of the record an answer became; a correction of the answers supersedes just these.';
call peiban_tenant_table('questionnaire_observation');
