-- S1-3: a rating of a visit that is low, or that says of itself that it complains, opens a complaint by itself.

alter table complaint drop constraint complaint_channel_check;
alter table complaint add constraint complaint_channel_check
  check (channel in ('visit', 'phone', 'message', 'letter', 'hotline', 'rating', 'other'));
alter table complaint add column origin jsonb;
comment on column complaint.origin is 'The rating it was opened by itself for: {"responseId", "score", "department", "visitedOn", "wantsContact"}; its key is the id of the first version of that answer, so that events that come twice open one. Null: somebody recorded it.';
