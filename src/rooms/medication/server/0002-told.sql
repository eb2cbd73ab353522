-- What somebody said on the phone of a dose, as a colleague has noted it.

alter table medication_take add column told_to uuid;
alter table medication_take add foreign key (organization_id, told_to) references staff (organization_id, id);
comment on column medication_take.told_to is 'The colleague who noted it as the person said it; null: the person has noted it themselves.';
