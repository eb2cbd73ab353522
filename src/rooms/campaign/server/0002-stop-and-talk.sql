-- A campaign may stand still for what came back from those it wrote to.

alter table campaign add column stopped_why text check (length(stopped_why) between 1 and 60);
comment on column campaign.stopped_why is 'Paused by itself: what came back says that to go on would make it worse (message, contract/stop.ts). It goes on with a reason.';

-- Talks about a report are fixed with people as well, and may move.
alter table journey_date drop constraint journey_date_kind_check;
alter table journey_date add constraint journey_date_kind_check check (kind in ('appointment', 'interpretation'));
