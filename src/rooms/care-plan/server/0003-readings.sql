-- What is measured at home and ticked at a plan goes into the record.

alter table care_plan_check_in add column second double precision;
alter table care_plan_check_in add column observation_ids uuid[] not null default '{}';
comment on column care_plan_check_in.second is 'The lower of two numbers, where a pressure was asked for.';
comment on column care_plan_check_in.observation_ids is 'What it put into the record; a tick in its place corrects these.';
call peiban_version_table('care_plan_template');

-- How alike plans are (S1-14) is asked over a span of days.
create index care_plan_version_signed on care_plan_version (organization_id, signed_at) where state = 'signed' and template_code is not null;
