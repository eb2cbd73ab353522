-- A listener that fails is tried again by itself, on its own clock: the event goes on to the other listeners at once.

create table outbox_retry (
  organization_id uuid not null,
  event_id uuid not null,
  listener text not null,
  attempts int not null,
  next_at timestamptz not null,
  last_error text not null,
  primary key (organization_id, event_id, listener)
);
comment on table outbox_retry is 'Deliveries that failed and are owed still; one that succeeds is removed, one that was tried too often waits for a person.';
create index outbox_retry_due on outbox_retry (next_at);
-- No row policy, as with outbox_event.
grant select, insert, update, delete on outbox_retry to peiban_app;

alter table outbox_event drop column last_error;
