-- What the programme says and the limits of its signs, as a house has changed them; what it has not changed is read from
-- the content that came with Peiban. Consent on one's own phone, and when the guardian was told of the 14th birthday.
create table growth_content (
  organization_id uuid not null references organization (id),
  code text not null check (code in ('programme', 'signs')),
  version int not null,
  state text not null check (state in ('draft', 'active', 'retired')),
  definition jsonb not null,
  revision int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  published_at timestamptz,
  published_by uuid,
  published_by_name text,
  primary key (organization_id, code, version)
);
comment on table growth_content is 'Versions of the programme''s words and of the limits of the signs, drafted by one person and published by another.';
call peiban_tenant_table('growth_content');
call peiban_version_table('growth_content');

alter table growth_consent drop constraint growth_consent_way_check;
alter table growth_consent add constraint growth_consent_way_check check (way in ('paper', 'in-person', 'phone', 'my-health'));

alter table growth_enrolment add column guardian_told_on date;
comment on column growth_enrolment.guardian_told_on is 'When the message about the 14th birthday went out to the guardian.';
