-- Segments and worklists that come with Peiban (content/shipped-lists.json).

alter table segment add column shipped_code text;
comment on column segment.shipped_code is 'Of one that came with Peiban: its name in content/shipped-lists.json. It came once; what the house makes of it stays.';
create unique index segment_shipped on segment (organization_id, shipped_code) where shipped_code is not null;

alter table worklist add column shipped_code text;
comment on column worklist.shipped_code is 'Likewise.';
create unique index worklist_shipped on worklist (organization_id, shipped_code) where shipped_code is not null;
