-- Cards that an answered questionnaire names for a person: proposals with their reason, until somebody gives them.

create table advice_asked (
  organization_id uuid not null,
  response_id uuid not null,
  card_code text not null,
  patient_id uuid not null,
  questionnaire text not null,
  is_mental boolean not null,
  because jsonb not null,
  answered_at timestamptz not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  moved jsonb not null default '[]',
  primary key (organization_id, response_id, card_code),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table advice_asked is 'A card that a band of an answered questionnaire names for a person, with its reason. It is proposed, never sent; newer answers to the same questionnaire, and corrections, end it.';
comment on column advice_asked.is_mental is 'The questionnaire is about mood and mind: its scores are read by who may read such answers alone.';
comment on column advice_asked.because is 'The score in words, in both languages: {zh, en}.';
comment on column advice_asked.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index advice_asked_of_patient on advice_asked (organization_id, patient_id, answered_at desc) where ended_at is null;
call peiban_tenant_table('advice_asked');
