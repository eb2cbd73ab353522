alter table message_event drop constraint message_event_kind_check;
alter table message_event add constraint message_event_kind_check
  check (kind in ('claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled', 'waiting', 'tried-again', 'moved', 'moved-back', 'approved', 'delivered', 'undelivered', 'next-way', 'with-staff', 'complained', 'replied'));
comment on table message_event is 'What became of a message, step by step; no address and no words of it. replied: they wrote back; their words stand in the task that came of it.';
