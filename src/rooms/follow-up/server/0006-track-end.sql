-- A visit whose answers end a track: that is decided once, with the answers in hand, and not again at each look.

alter table occurrence add column ends_track boolean not null default false;
comment on column occurrence.ends_track is 'When it was settled nothing was to follow it in its track: by its answers, its action, or the end of the track.';
