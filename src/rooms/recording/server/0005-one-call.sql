-- A call that was cut off and gone on with: its recordings belong to one call.

alter table recording add column call_id uuid;
comment on column recording.call_id is 'The call that it is a piece of: as the call desk names it, else the first of its recordings. Null: nobody has named a call, and it stands by itself. The pieces of a call are those of one caller and one person.';
create index recording_of_call on recording (organization_id, call_id) where call_id is not null;
