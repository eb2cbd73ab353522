-- Short messages in the ledger: when the carrier says that one has arrived, and what an answer by phone may change.

alter table message add column delivered_at timestamptz;
comment on column message.delivered_at is 'When the carrier says that it reached the phone; only channels with receipts know.';

alter table message_event drop constraint message_event_kind_check;
alter table message_event add constraint message_event_kind_check
  check (kind in ('claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled', 'waiting', 'tried-again', 'moved', 'moved-back', 'approved', 'delivered', 'undelivered'));

alter table message_preference drop constraint message_preference_how_check;
alter table message_preference add constraint message_preference_how_check
  check (how in ('patient-word', 'unsubscribe-page', 'one-click', 'merge', 'sms-reply'));
