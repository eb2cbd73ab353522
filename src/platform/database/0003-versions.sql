-- Content that one person drafts and another publishes; see src/platform/versions.

create function peiban_keep_published() returns trigger language plpgsql as $$
begin
  if old.state = 'draft' then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' or new.state = 'draft' or (old.state = 'retired' and new.state <> 'retired')
    or to_jsonb(new) - 'state' is distinct from to_jsonb(old) - 'state' then
    raise exception 'a published version of % does not change', tg_table_name using errcode = 'PB001';
  end if;
  return new;
end $$;

create procedure peiban_version_table(name regclass)
  language plpgsql as $$
begin
  execute format('create unique index if not exists %I on %s (organization_id, code) where state = ''active''', name || '_in_force', name);
  execute format('create unique index if not exists %I on %s (organization_id, code) where state = ''draft''', name || '_draft', name);
  execute format('create trigger keep_published before update or delete on %s for each row execute function peiban_keep_published()', name);
end $$;
comment on procedure peiban_version_table is 'For tables of src/platform/versions: of a code one version in force and one draft at most; what was published stays as it was.';
