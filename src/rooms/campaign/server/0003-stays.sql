-- A person in three files: what stood in one of them stands for the person again when another goes home.

alter table journey_run add column stays_for uuid, add column stays_merge uuid;
comment on column journey_run.stays_for is 'The file its own was merged into, which had the same run already. Should that run go home with another merge, this one is the person''s.';
comment on column journey_run.stays_merge is 'The merge of that; undone, the run is its own file''s alone.';
create index journey_run_stays on journey_run (organization_id, stays_for) where stays_for is not null;
