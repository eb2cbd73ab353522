-- A draft is kept as one types: two people must notice each other, and nobody publishes what they have not seen.

alter table protocol add column revision int not null default 1 check (revision >= 1);
comment on column protocol.revision is 'Of the draft, one more with each writing; whoever writes or publishes says which one they have seen.';
