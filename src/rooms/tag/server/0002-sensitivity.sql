-- Which tags tell of mind and mood: no group of people that is written to may rest on them.

alter table patient_tag add column sensitivity text not null default 'ordinary' check (sensitivity in ('ordinary', 'mental'));
comment on column patient_tag.sensitivity is 'mental: set by a room from what tells of mind and mood, such as a scale. What a rule rests on is read from the rule itself.';
