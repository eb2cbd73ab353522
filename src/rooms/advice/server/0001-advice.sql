-- Advice: cards as content with versions, and what people were given of it.

create table advice_card (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  kind text not null check (kind in ('diet', 'exercise', 'mind', 'wellness')),
  definition jsonb not null,
  expires_on date not null,
  origin text not null check (origin in ('shipped', 'organization')),
  revision int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  published_at timestamptz,
  published_by uuid,
  published_by_name text,
  primary key (organization_id, code, version)
);
comment on table advice_card is 'Advice on diet, exercise, mood and wellness by version (FHIR ActivityDefinition). See contract/words.ts for `definition`. A published version never changes; one past expires_on is chosen for nobody.';
create unique index advice_card_in_force on advice_card (organization_id, code) where state = 'active';
create unique index advice_card_draft on advice_card (organization_id, code) where state = 'draft';
call peiban_tenant_table('advice_card');

create table advice_given (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('diet', 'exercise', 'mind', 'wellness')),
  basis text not null check (basis in ('card', 'energy', 'exercise')),
  card_code text,
  card_version int,
  locale text not null check (locale in ('zh-CN', 'en')),
  text jsonb not null,
  edited boolean not null,
  source text not null,
  reasons jsonb not null default '[]',
  computed jsonb,
  asked text[] not null default '{}',
  because text not null default '',
  despite text not null default '',
  submission uuid not null,
  given_at timestamptz not null,
  given_by uuid,
  given_by_name text not null,
  taken_back_at timestamptz,
  taken_back_by uuid,
  taken_back_by_name text,
  taken_back_because text,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  unique (organization_id, submission),
  foreign key (organization_id, card_code, card_version) references advice_card (organization_id, code, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id),
  check ((basis = 'card') = (card_code is not null)),
  check ((taken_back_at is null) = (taken_back_because is null))
);
comment on table advice_given is 'What a person was given, word for word, with why and from whom (FHIR Communication). It never changes; it may be taken back once, with a reason.';
comment on column advice_given.computed is 'Of energy and exercise: {input, output}, computed by the server when it was given.';
comment on column advice_given.despite is 'Why a doctor gave it although something stood against it.';
comment on column advice_given.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index advice_given_of_patient on advice_given (organization_id, patient_id, given_at desc, id desc);
call peiban_tenant_table('advice_given');

-- Word for word: only the taking back, once, and a merge of two files touch a row.
create function advice_keep_given() returns trigger language plpgsql as $$
declare
  kept record;
begin
  if tg_op = 'DELETE' then
    raise exception '% is append-only', tg_table_name using errcode = 'PB001';
  end if;
  kept := new;
  kept.patient_id := old.patient_id;
  kept.moved := old.moved;
  if old.taken_back_at is null then
    kept.taken_back_at := old.taken_back_at;
    kept.taken_back_by := old.taken_back_by;
    kept.taken_back_by_name := old.taken_back_by_name;
    kept.taken_back_because := old.taken_back_because;
  end if;
  if kept is distinct from old then
    raise exception '% is append-only: advice is taken back, once', tg_table_name using errcode = 'PB001';
  end if;
  return new;
end $$;
create trigger keep_given before update or delete on advice_given for each row execute function advice_keep_given();
create trigger keep_all_given before truncate on advice_given for each statement execute function peiban_refuse_change();
revoke delete, truncate on advice_given from peiban_app;
