-- What messages are about, in the words in which people refuse them: a refusal is of one topic, by one way.

alter table message add column topic text check (topic ~ '^[a-z][a-z-]{1,29}$');
comment on column message.topic is 'Of contract/topic.ts, as its template said when it was planned; null: it was over before there were topics.';
update message set topic = case when purpose = 'promotion' then 'activities' when greeting then 'greetings' when purpose = 'care' then 'follow-up' else 'service' end
where state in ('planned', 'claimed', 'deferred');

create table message_topic_wish (
  organization_id uuid not null,
  patient_id uuid not null,
  topic text not null check (topic ~ '^[a-z][a-z-]{1,29}$'),
  channel text not null check (channel in ('in-app', 'email', 'sms', 'wechat', 'wecom')),
  opted_out_at timestamptz,
  how text not null check (how in ('patient-word', 'unsubscribe-page', 'one-click', 'own-page', 'merge')),
  by_id uuid,
  by_name text not null,
  message_id uuid,
  note text not null default '',
  changed_at timestamptz not null,
  primary key (organization_id, patient_id, topic, channel),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table message_topic_wish is 'What a person said of one topic by one way. A refusal stands until they take it back; a wish to have it (opted_out_at null) also stands against an older refusal of the whole purpose (message_preference). Read at the moment of sending.';
comment on column message_topic_wish.note is 'Of a merge: which one brought it.';
call peiban_tenant_table('message_topic_wish');

create table message_topic_wish_event (
  organization_id uuid not null,
  patient_id uuid not null,
  id uuid not null,
  topic text not null,
  channel text not null,
  change text not null check (change in ('out', 'in')),
  how text not null,
  by_id uuid,
  by_name text not null,
  message_id uuid,
  note text not null default '',
  at timestamptz not null,
  primary key (organization_id, patient_id, id)
);
comment on table message_topic_wish_event is 'Every refusing and taking back of a topic, as proof.';
call peiban_tenant_table('message_topic_wish_event');
call peiban_append_only('message_topic_wish_event');
