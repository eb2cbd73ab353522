-- A demonstration whose members are not all loaded yet says how far it is, so that the next start goes on from there.

alter table organization add column demo_load jsonb;
comment on column organization.demo_load is 'Of a demonstration that is being loaded: patients, years, seed and day it is made of, and how many are loaded. Null when nothing is left to load.';
