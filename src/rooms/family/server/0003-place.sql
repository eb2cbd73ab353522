-- Who is reminded may be told the place as well, where the person wants it.

alter table relative drop constraint relative_scopes_check;
alter table relative add constraint relative_scopes_check check (scopes <@ array['view', 'ask', 'book', 'remind', 'place'] and 'view' = any (scopes)
  and ('remind' = any (scopes) or not 'place' = any (scopes)));
