-- What is said to a relative of the person, by a right that they have given (room family).

alter table message add relative_id uuid;
alter table message add relative_sealed bytea;
alter table message add constraint message_to_relative check ((relative_id is null) = (relative_sealed is null));
comment on column message.relative_id is 'Null: said to the person, of a child to the guardian. Else to this relative of theirs, under the same rules, at the phone in relative_sealed.';
create index message_of_relative on message (organization_id, relative_id) where relative_id is not null;
