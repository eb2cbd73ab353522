-- S0-42: a good wish is held back from who lies in hospital, has an important abnormal result open or is in a crisis.

alter table message add column greeting boolean not null default false;
comment on column message.greeting is 'A good wish on a day of the calendar or of the person: it goes to nobody for whom it would be out of place at the moment of sending (rules/gate.ts).';
