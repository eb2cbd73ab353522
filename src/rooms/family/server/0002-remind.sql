-- A relative may be reminded of what is agreed on with the person.

alter table relative drop constraint relative_scopes_check;
alter table relative add constraint relative_scopes_check check (scopes <@ array['view', 'ask', 'book', 'remind'] and 'view' = any (scopes));
