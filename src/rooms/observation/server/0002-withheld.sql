-- Results that a person has to hear from somebody before a page shows them.

create table observation_withheld (
  organization_id uuid not null,
  observation_id uuid not null,
  source text not null,
  source_key text not null,
  since timestamptz not null,
  told_at timestamptz,
  primary key (organization_id, observation_id, source, source_key)
);
comment on table observation_withheld is 'Results that another room keeps from the patient''s own pages until somebody has told the person, such as those of an alert. Staff see them as ever.';
comment on column observation_withheld.source is 'Which room withholds it; source_key is its own key, such as the alert.';
create index observation_withheld_by_source on observation_withheld (organization_id, source, source_key) where told_at is null;
call peiban_tenant_table('observation_withheld');
