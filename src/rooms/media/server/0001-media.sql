-- Media: cards of pictures that explain, the pictures, and to whom a card was sent.

create table media_card (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  kind text not null check (kind in ('mechanism', 'procedure', 'how-to', 'device')),
  definition jsonb not null,
  expires_on date not null,
  revision int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  published_at timestamptz,
  published_by uuid,
  published_by_name text,
  primary key (organization_id, code, version)
);
comment on table media_card is 'Cards that explain by pictures, by version (FHIR DocumentReference with Media). See contract/words.ts for `definition`. A published version never changes; one past expires_on is shown to nobody.';
call peiban_tenant_table('media_card');
call peiban_version_table('media_card');

create table media_picture (
  organization_id uuid not null references organization (id),
  key text not null check (key ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('drawing', 'image', 'video')),
  media text not null,
  svg text,
  width numeric,
  height numeric,
  size_bytes int not null check (size_bytes > 0),
  moves boolean not null,
  added_at timestamptz not null,
  added_by uuid,
  added_by_name text not null,
  primary key (organization_id, key),
  check ((kind = 'drawing') = (svg is not null))
);
comment on table media_picture is 'Pictures by the SHA-256 of their content. Drawings stand here, written anew from what is allowed; images and videos lie in the file store under the same key.';
call peiban_tenant_table('media_picture');

create table media_opening (
  organization_id uuid not null references organization (id),
  code text not null,
  month text not null check (month ~ '^\d{4}-\d\d$'),
  opened int not null check (opened > 0),
  primary key (organization_id, code, month)
);
comment on table media_opening is 'How often a card was opened in a month: a number, of nobody in particular. Who read what stands in the audit log alone.';
call peiban_tenant_table('media_opening');

create table media_sent (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  code text not null,
  version int not null,
  by text not null check (by in ('mail', 'code')),
  sent_at timestamptz not null,
  sent_by uuid,
  sent_by_name text not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, code, version) references media_card (organization_id, code, version),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table media_sent is 'Which card, in which version, a person was given the link to, by whom (FHIR Communication).';
comment on column media_sent.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create index media_sent_of_patient on media_sent (organization_id, patient_id, sent_at desc, id desc);
create index media_sent_of_card on media_sent (organization_id, code);
call peiban_tenant_table('media_sent');
