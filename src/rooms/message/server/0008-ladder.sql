-- Ladders: one message that goes by the first of several ways that is open, and moves to the next where one is shut.

alter table message add column rung int check (rung >= 0);
comment on column message.rung is 'Null: it goes by its channel alone. Else the first step of its template''s ladder that may still be tried.';
-- Whatever step it has come to, a touch goes by one ladder once.
create unique index message_once_by_ladder on message (organization_id, patient_id, touch) where rung is not null;
create index message_due_push on message (organization_id, next_at)
  where state in ('planned', 'claimed', 'deferred') and channel in ('wechat-template', 'wechat-notice', 'wechat-chat', 'mini-notice', 'wecom-mass');

alter table message_event drop constraint message_event_kind_check;
alter table message_event add constraint message_event_kind_check
  check (kind in ('claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled', 'waiting', 'tried-again', 'moved', 'moved-back', 'approved', 'delivered', 'undelivered', 'next-way', 'with-staff'));

alter table message_preference drop constraint message_preference_how_check;
alter table message_preference add constraint message_preference_how_check
  check (how in ('patient-word', 'unsubscribe-page', 'one-click', 'merge', 'sms-reply', 'wechat-reply'));
