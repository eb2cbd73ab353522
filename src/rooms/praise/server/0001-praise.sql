-- 陪伴与鼓励: which milestone of whom was praised, once each.

create table praise (
  organization_id uuid not null references organization (id),
  id uuid not null,
  patient_id uuid not null,
  milestone text not null check (milestone in ('days-in-a-row', 'goal-met', 'first-visit')),
  occurrence text not null,
  on_date date not null,
  days int,
  at timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table praise is 'FHIR Communication: a good word for something that was reached. What was said stands in the ledger of messages.';
comment on column praise.occurrence is 'What makes it this once: the plan and the first day of the row, the plan and the goal, the run of the pathway.';
comment on column praise.moved is 'Merges that brought the row to its patient, the last one last: [{"merge", "from"}].';
create unique index praise_once on praise (organization_id, milestone, occurrence);
create index praise_of_patient on praise (organization_id, patient_id, on_date desc);
create index praise_newest on praise (organization_id, on_date);
call peiban_tenant_table('praise');

create table praise_look (
  organization_id uuid not null references organization (id),
  on_date date not null,
  primary key (organization_id, on_date)
);
comment on table praise_look is 'Days on which plans were looked at for milestones: of several workers one does.';
call peiban_tenant_table('praise_look');

create table praise_rule (
  organization_id uuid not null references organization (id),
  version int not null check (version > 0),
  policy jsonb not null,
  because text not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, version)
);
comment on table praise_rule is 'What the house praises, by version; the newest counts. Without a row: content/praise-rule.json.';
call peiban_tenant_table('praise_rule');
call peiban_append_only('praise_rule');
