-- What decides whether and when a message may go: rules by version, days off, addresses and people that get nothing.

create table message_rule (
  organization_id uuid not null references organization (id),
  version int not null check (version > 0),
  policy jsonb not null,
  because text not null,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, version)
);
comment on table message_rule is 'The rules of sending as an organization has set them (contract/rule.ts); the highest version counts from the next claim on. Without a row those that come with Peiban count, as version 0.';
call peiban_tenant_table('message_rule');
call peiban_append_only('message_rule');

create table holiday_year (
  organization_id uuid not null references organization (id),
  year int not null check (year between 2000 and 2200),
  source text not null,
  imported_by uuid,
  imported_by_name text not null,
  imported_at timestamptz not null,
  primary key (organization_id, year)
);
comment on table holiday_year is 'The years whose table of days off an organization has read in. A year that is in neither this nor what comes with Peiban is unknown, which is something else than a year without days off.';
call peiban_tenant_table('holiday_year');

create table holiday (
  organization_id uuid not null,
  year int not null,
  day date not null,
  kind text not null check (kind in ('off', 'work')),
  name text not null default '',
  primary key (organization_id, day),
  foreign key (organization_id, year) references holiday_year (organization_id, year) on delete cascade,
  check (extract(year from day) = year)
);
comment on table holiday is 'Days off by law, and days at a weekend that are worked instead (调休), as the State Council announces them each year.';
call peiban_tenant_table('holiday');

create table message_suppression (
  organization_id uuid not null references organization (id),
  id uuid not null,
  channel text not null check (channel ~ '^[a-z][a-z-]{1,19}$'),
  address_index bytea not null,
  address_masked text not null default '',
  reason text not null check (reason in ('bounced', 'complained', 'asked', 'wrong-person', 'other')),
  source text not null check (source in ('delivery', 'staff', 'import')),
  note text not null default '',
  message_id uuid,
  since timestamptz not null,
  until timestamptz,
  by_id uuid,
  by_name text not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_by_name text,
  lifted_because text,
  primary key (organization_id, id),
  check ((lifted_at is null) = (lifted_because is null))
);
comment on table message_suppression is 'Addresses to which nothing goes, as blind indexes, with reason, source and expiry; lifted ones stay as proof. Read at the moment of sending. A person who gives another address is reached again by itself.';
create unique index message_suppression_standing on message_suppression (organization_id, channel, address_index) where lifted_at is null;
create index message_suppression_list on message_suppression (organization_id, id desc);
create index message_suppression_of_message on message_suppression (organization_id, message_id) where message_id is not null and lifted_at is null;
call peiban_tenant_table('message_suppression');

insert into message_suppression (organization_id, id, channel, address_index, address_masked, reason, source, message_id, since, by_name)
select a.organization_id, gen_random_uuid(), a.channel, a.address_index, coalesce(m.to_masked, ''), 'bounced', 'delivery', a.message_id, a.since, 'message/send'
from message_address a left join message m on m.organization_id = a.organization_id and m.id = a.message_id;
drop table message_address;

create table message_hold (
  organization_id uuid not null,
  patient_id uuid not null,
  kind text not null check (kind in ('alert', 'crisis', 'complaint', 'admission')),
  source_key text not null,
  since timestamptz not null,
  until timestamptz,
  merge_ids uuid[] not null default '{}',
  primary key (organization_id, kind, source_key),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table message_hold is 'Why nothing promotional goes to somebody for now: an important abnormal result, a crisis, a complaint that is open. Rooms above say so through the door, and take it back.';
comment on column message_hold.merge_ids is 'The merges that moved it, so that undoing one moves it back.';
create index message_hold_of_patient on message_hold (organization_id, patient_id);
call peiban_tenant_table('message_hold');

create table message_holdout (
  organization_id uuid not null references organization (id),
  campaign text not null,
  percent int not null check (percent between 0 and 50),
  since timestamptz not null,
  primary key (organization_id, campaign)
);
comment on table message_holdout is 'Which share of people a campaign leaves out for comparison: fixed by its first message, so that nobody changes sides when the rule is changed.';
call peiban_tenant_table('message_holdout');
call peiban_append_only('message_holdout');

alter table message
  add column answers boolean not null default false,
  add column campaign text,
  add column approved_leaks text[] not null default '{}',
  add column approved_by uuid;
comment on column message.answers is 'It answers what the person asked for, so it is not rationed.';
comment on column message.campaign is 'Whose comparison group counts; the template where nobody names one.';
comment on column message.approved_leaks is 'What a second person has let go although the reading of the words had held it back; for these very words, which stay sealed in content_sealed.';
create index message_rationed on message (organization_id, patient_id, sent_at) where channel <> 'in-app' and sent_at is not null;
create index message_in_flight on message (organization_id, patient_id) where state = 'claimed';

alter table message_event drop constraint message_event_kind_check;
alter table message_event add constraint message_event_kind_check
  check (kind in ('claimed', 'accepted', 'deferred', 'failed', 'suppressed', 'blocked', 'expired', 'cancelled', 'waiting', 'tried-again', 'moved', 'moved-back', 'approved'));
