-- Mails that come back, and people who say that they did not want one.

alter table message_event drop constraint message_event_kind_check;
alter table message_event add constraint message_event_kind_check
  check (kind in ('claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled', 'waiting', 'tried-again', 'moved', 'moved-back', 'approved', 'delivered', 'undelivered', 'next-way', 'with-staff', 'complained'));

alter table message_preference drop constraint message_preference_how_check;
alter table message_preference add constraint message_preference_how_check
  check (how in ('patient-word', 'unsubscribe-page', 'one-click', 'sms-reply', 'wechat-reply', 'own-page', 'complaint', 'merge'));

comment on column message.delivered_at is 'When the phone, or the mail server of the person, said so.';
