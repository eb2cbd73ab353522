-- S3-24: whoever is asked for their opinion of a visit is asked in no bad hour, and not while a complaint of theirs is open.

alter table message add column opinion boolean not null default false;
comment on column message.opinion is 'Asks for an opinion: it goes to nobody in hospital, in a crisis, with an alert or a complaint open at the moment of sending (rules/gate.ts).';
