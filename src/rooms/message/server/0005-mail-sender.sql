-- Mails by the thousand: what the gate asks is read from an index, what goes out is counted by batch, what is called back
-- while it is under way is remembered.

alter table message add column withdrawal text;
comment on column message.withdrawal is 'Withdrawn, for this reason, while it was claimed: it ends as cancelled unless it has gone out by then.';

-- Sealed bytes do not get smaller: trying costs more than all else about the row.
alter table message alter column content_sealed set storage external, alter column values_sealed set storage external;

drop index message_rationed;
create index message_rationed on message (organization_id, patient_id, sent_at) include (id, channel, purpose, urgent, answers)
  where channel <> 'in-app' and sent_at is not null;
drop index message_mailed;

create table message_mail_batch (
  organization_id uuid not null references organization (id),
  id uuid not null,
  at timestamptz not null,
  mails int not null check (mails > 0),
  primary key (organization_id, id)
);
comment on table message_mail_batch is 'How many mails were handed over together, for the organization''s rate: a minute of eight thousand a second is a thousand rows, not half a million. Forgotten after an hour.';
create index message_mail_batch_at on message_mail_batch (organization_id, at);
call peiban_tenant_table('message_mail_batch');
