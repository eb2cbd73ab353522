-- A visit that falls into a stay in hospital rests: it is neither done nor missed, and comes again after the discharge.

alter table occurrence add column resting_since date;
comment on column occurrence.resting_since is 'In hospital since then or earlier: nobody is asked to do it. After the discharge another follow-up takes its place (reason in-hospital).';
