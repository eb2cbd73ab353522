-- What every room's tables stand on. Nothing here knows a domain word.

create function peiban_organization() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('peiban.organization_id', true), '')::uuid;
comment on function peiban_organization is 'The organization that this connection works for; null sees no row.';

-- The second wall: a table of an organization shows its rows to that organization only. The subselect makes the
-- setting one value per statement instead of one call per row.
create procedure peiban_tenant_table(name regclass, organization_column text default 'organization_id')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('create policy organization on %s using (%I = (select peiban_organization()))', name, organization_column);
  execute format('grant select, insert, update, delete on %s to peiban_app', name);
end $$;

create function peiban_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'PB001';
end $$;

-- For facts and logs: rows are added, never changed or removed.
create procedure peiban_append_only(name regclass)
  language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete or truncate on %s for each statement execute function peiban_refuse_change()', name);
  execute format('revoke update, delete, truncate on %s from peiban_app', name);
end $$;

create table outbox_event (
  organization_id uuid not null,
  id uuid not null,
  name text not null,
  payload jsonb not null,
  created_at timestamptz not null,
  next_at timestamptz not null,
  attempts int not null default 0,
  delivered_at timestamptz,
  last_error text,
  primary key (organization_id, id)
);
comment on table outbox_event is 'Events, written in the transaction of what they report; delivered at least once.';
create index outbox_event_due on outbox_event (next_at) where delivered_at is null;
-- No row policy: the dispatcher serves all organizations; a listener runs inside its own organization.
grant select, insert, update, delete on outbox_event to peiban_app;

create table outbox_receipt (
  organization_id uuid not null,
  event_id uuid not null,
  listener text not null,
  handled_at timestamptz not null,
  primary key (organization_id, event_id, listener)
);
comment on table outbox_receipt is 'What a listener has handled, in the transaction of its effects: a second delivery finds it and does nothing.';
call peiban_tenant_table('outbox_receipt');
