-- Which mails count their reading, and who does not want theirs counted.

alter table message add column counts_reading boolean not null default false;
comment on column message.counts_reading is 'It went out with a picture and links that count; decided when it was rendered.';

create table message_reading_refusal (
  organization_id uuid not null,
  patient_id uuid not null,
  refused_at timestamptz,
  changed_at timestamptz not null,
  primary key (organization_id, patient_id),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table message_reading_refusal is 'People whose reading of mails is not counted, by their own word; refused_at is null once they do not mind any more.';
call peiban_tenant_table('message_reading_refusal');

alter table message_preference drop constraint message_preference_how_check;
alter table message_preference add constraint message_preference_how_check
  check (how in ('patient-word', 'unsubscribe-page', 'one-click', 'sms-reply', 'wechat-reply', 'own-page', 'merge'));
