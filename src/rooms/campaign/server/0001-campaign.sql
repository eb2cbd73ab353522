-- Campaigns and journeys: content by version, one row per person and run, and each step once.

create table campaign (
  organization_id uuid not null references organization (id),
  id uuid not null,
  shipped_code text,
  state text not null check (state in ('preparing', 'running', 'paused', 'finished', 'cancelled')),
  version int,
  owner_id uuid,
  owner_name text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  paused_at timestamptz,
  ended_at timestamptz,
  away_since timestamptz,
  last_occurrence text,
  primary key (organization_id, id),
  unique (organization_id, shipped_code)
);
comment on table campaign is 'A campaign or journey (FHIR PlanDefinition and its RequestGroups): whether it runs, and which version counts for whoever enters now.';
comment on column campaign.version is 'The approved version; null while none has been.';
comment on column campaign.away_since is 'Paused by the engine itself, since it does not know what went out from this moment on.';
comment on column campaign.last_occurrence is 'Of those who all enter at once: what was begun last; empty for once, a date where it returns by the calendar.';
create index campaign_running on campaign (organization_id) where state = 'running';
call peiban_tenant_table('campaign');

create table campaign_version (
  organization_id uuid not null,
  campaign_id uuid not null,
  version int not null check (version > 0),
  state text not null check (state in ('draft', 'submitted', 'approved', 'retired')),
  definition jsonb not null,
  revision int not null default 1,
  edited_by uuid[] not null default '{}',
  changed_at timestamptz not null,
  changed_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  note text not null default '',
  primary key (organization_id, campaign_id, version),
  foreign key (organization_id, campaign_id) references campaign (organization_id, id)
);
comment on table campaign_version is 'What a campaign does, by version (contract/definition.ts). Whoever entered by one goes to its end by it.';
comment on column campaign_version.edited_by is 'Everybody whose hand is in this version: none of them may approve it.';
create unique index campaign_version_open on campaign_version (organization_id, campaign_id) where state in ('draft', 'submitted');
call peiban_tenant_table('campaign_version');

create table campaign_event (
  organization_id uuid not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,30}$'),
  detail jsonb not null default '{}',
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, campaign_id, id)
);
comment on table campaign_event is 'Who did what with a campaign, and how many people and messages it touched.';
call peiban_tenant_table('campaign_event');
call peiban_append_only('campaign_event');

-- No foreign keys: they are checked row by row, and a million people enter in one statement. A merge moves the rows.
create table journey_run (
  organization_id uuid not null,
  campaign_id uuid not null,
  patient_id uuid not null,
  occurrence text not null default '' check (length(occurrence) <= 120),
  id uuid not null,
  version int not null,
  state text not null check (state in ('waiting', 'held', 'done', 'left', 'cancelled', 'baseline')),
  reason text,
  node text,
  pass int not null default 0,
  wake_at timestamptz,
  anchor_at timestamptz,
  anchor_key text,
  arm text,
  entered_at timestamptz not null,
  ended_at timestamptz,
  met_at timestamptz,
  merge_ids uuid[] not null default '{}',
  primary key (organization_id, campaign_id, patient_id, occurrence),
  check (state <> 'waiting' or wake_at is not null)
);
comment on table journey_run is 'One person on the way through one campaign. The key is why nobody enters twice, however often it is asked.';
comment on column journey_run.occurrence is 'Which time: empty for once, the fact or the date it hangs on, the day of the calendar.';
comment on column journey_run.id is 'Follows from campaign, person and occurrence, so that a database that was restored names the same run the same.';
comment on column journey_run.pass is 'Counts how often the anchor has moved: what was said of the old moment is another message than what is said of the new.';
comment on column journey_run.wake_at is 'The moment the present node belongs to: when it is looked at, and what its deadline is counted from.';
create index journey_run_due on journey_run (organization_id, campaign_id, wake_at) where state = 'waiting';
create index journey_run_of_patient on journey_run (organization_id, patient_id) where state in ('waiting', 'held');
call peiban_tenant_table('journey_run');

create table journey_step (
  organization_id uuid not null,
  run_id uuid not null,
  pass int not null,
  node text not null,
  outcome text not null,
  at timestamptz not null,
  primary key (organization_id, run_id, pass, node)
);
comment on table journey_step is 'Each step of a run, once. Its message stands in the ledger under the touch journey:<run>:<pass>:<node>.';
call peiban_tenant_table('journey_step');

create table journey_date (
  organization_id uuid not null,
  patient_id uuid not null,
  kind text not null check (kind in ('appointment')),
  key text not null check (length(key) between 1 and 80),
  at timestamptz,
  changed_at timestamptz not null,
  merge_ids uuid[] not null default '{}',
  primary key (organization_id, patient_id, kind, key),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table journey_date is 'What is fixed with somebody at a moment, as a booking system or a room above tells it; `at` is null once it was called off.';
call peiban_tenant_table('journey_date');

create table journey_watch (
  organization_id uuid not null references organization (id),
  looked_at timestamptz not null,
  place text not null,
  primary key (organization_id)
);
comment on table journey_watch is 'When the engine last looked, and in which database. A long gap, or another place, means that this may be an older state: nobody knows what went out meanwhile, so a person decides.';
call peiban_tenant_table('journey_watch');

-- The ledger by campaign: what is held, withdrawn and counted together. Made here, since nobody else asks for it.
create index message_of_campaign on message (organization_id, campaign, state) where campaign is not null;
