-- Two files of one person: proposed, looked at, merged, and undone when it was a mistake.

create table merge_proposal (
  organization_id uuid not null,
  id uuid not null,
  left_id uuid not null,
  right_id uuid not null,
  because text not null check (because in ('paper', 'phone-name-birth', 'by-hand')),
  state text not null default 'open' check (state in ('open', 'merged', 'dismissed', 'undone')),
  proposed_by uuid,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  reason text not null default '',
  primary key (organization_id, id),
  check (left_id < right_id),
  foreign key (organization_id, left_id) references patient (organization_id, id),
  foreign key (organization_id, right_id) references patient (organization_id, id)
);
comment on table merge_proposal is 'Two patients who may be one. Nothing is ever merged without a person who decided it.';
-- A pair is asked about once: a dismissed one is not proposed again.
create unique index merge_proposal_of_pair on merge_proposal (organization_id, left_id, right_id) where state in ('open', 'dismissed', 'undone');
create index merge_proposal_open on merge_proposal (organization_id, id desc) where state = 'open';
create index merge_proposal_of_right on merge_proposal (organization_id, right_id);
call peiban_tenant_table('merge_proposal');

create table patient_merge (
  organization_id uuid not null,
  id uuid not null,
  proposal_id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  chosen jsonb not null,
  before jsonb not null,
  after jsonb not null,
  reason text not null default '',
  merged_by uuid,
  merged_by_name text not null,
  merged_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  primary key (organization_id, id),
  foreign key (organization_id, from_id) references patient (organization_id, id),
  foreign key (organization_id, into_id) references patient (organization_id, id)
);
comment on table patient_merge is 'A merge and all that undoing it needs: the moved columns of the surviving row before and after, the whole row and the words of the other.';
create unique index patient_merge_in_force on patient_merge (organization_id, from_id) where undone_at is null;
create index patient_merge_into on patient_merge (organization_id, into_id);
call peiban_tenant_table('patient_merge');
