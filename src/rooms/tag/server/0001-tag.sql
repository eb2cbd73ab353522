-- What is true of a person, by rule or by hand, and why.

create table tag_rule (
  organization_id uuid not null references organization (id),
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,58}$'),
  version int not null,
  state text not null check (state in ('draft', 'published', 'retired')),
  definition jsonb not null,
  origin text not null default 'organization' check (origin in ('shipped', 'organization')),
  author_id uuid,
  created_at timestamptz not null,
  published_by uuid,
  published_at timestamptz,
  retired_at timestamptz,
  primary key (organization_id, code, version)
);
comment on table tag_rule is 'Versions of tag definitions with their rules; see contract/rule.ts for the form of `definition`. A published version is never edited.';
create unique index tag_rule_published on tag_rule (organization_id, code) where state = 'published';
create unique index tag_rule_draft on tag_rule (organization_id, code) where state = 'draft';
call peiban_tenant_table('tag_rule');

create table patient_tag (
  organization_id uuid not null,
  patient_id uuid not null,
  tag_code text not null,
  source text not null check (source in ('rule', 'manual', 'room')),
  state text not null check (state in ('active', 'suppressed', 'ended')),
  rule_version int,
  facts jsonb not null default '[]',
  note text not null default '',
  set_at timestamptz not null,
  set_by uuid,
  expires_at timestamptz,
  suppressed_at timestamptz,
  suppressed_by uuid,
  suppressed_because text,
  primary key (organization_id, patient_id, tag_code, source)
);
comment on table patient_tag is 'FHIR Flag: the tags that stand. By rule: with the version and the facts that fired it; while suppressed the rule neither shows nor removes it. By hand, or by another room that knows (an opt-out, three vain calls): no rule touches it. An ended one has had its time and is kept so that the same old facts do not set it again. History is in patient_tag_event.';
create index patient_tag_by_code on patient_tag (organization_id, tag_code, patient_id) where state = 'active';
call peiban_tenant_table('patient_tag');

create table patient_tag_event (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  tag_code text not null,
  source text not null,
  change text not null check (change in ('set', 'cleared', 'expired', 'suppressed', 'unsuppressed', 'removed')),
  rule_version int,
  facts jsonb,
  because text,
  by_id uuid,
  at timestamptz not null,
  primary key (organization_id, patient_id, id)
);
comment on table patient_tag_event is 'The history of a person''s tags.';
call peiban_tenant_table('patient_tag_event');
call peiban_append_only('patient_tag_event');
