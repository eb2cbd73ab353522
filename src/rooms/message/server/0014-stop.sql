-- When nothing may leave the house, or nothing of a campaign or by a channel: why, since when, and who let it go on.

create table message_place (
  organization_id uuid primary key references organization (id),
  epoch int not null check (epoch >= 0),
  position bigint not null check (position >= 0)
);
comment on table message_place is 'How far this ledger has come (platform/sent): it grows before and after each hand-over. The data folder remembers the newest place; a ledger that lies before it was restored from an older state.';
call peiban_tenant_table('message_place');

create table message_stop (
  organization_id uuid not null references organization (id),
  id uuid not null,
  kind text not null check (kind in ('restored', 'campaign', 'channel', 'login')),
  scope text not null,
  why text not null check (length(why) between 1 and 60),
  reply text not null default '',
  before_epoch int,
  before_position bigint,
  knows_until timestamptz,
  raised_at timestamptz not null,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_by_name text,
  because text,
  outcome jsonb,
  primary key (organization_id, id),
  check (kind <> 'restored' or before_position is not null)
);
comment on table message_stop is 'What does not leave the house until somebody lets it go on: everything (restored: this database is older than what went out), a campaign, a channel. A login that a mail server refuses stands here as well; it ends by itself with the next mail that is taken.';
comment on column message_stop.scope is 'restored and login: empty. campaign: its id. channel: sms, or email:qq where one keeper of mailboxes refuses us.';
comment on column message_stop.before_position is 'restored: how far the ledger had come when it was found to be older. Whatever a data folder knows from there on went out and is not in it.';
create unique index message_stop_open on message_stop (organization_id, kind, scope) where lifted_at is null;
create index message_stop_raised on message_stop (organization_id, raised_at);
call peiban_tenant_table('message_stop');

create table message_sent_mark (
  organization_id uuid not null references organization (id),
  mark text not null check (length(mark) = 24),
  certain boolean not null,
  at timestamptz not null,
  primary key (organization_id, mark)
);
comment on table message_sent_mark is 'What went out in a life of this database that a restore has undone, as hashes from the data folder. Certain: this very message. Otherwise its hand-over was begun, or something of the same template went to the same person by the same channel.';
create index message_sent_mark_at on message_sent_mark (organization_id, at);
call peiban_tenant_table('message_sent_mark');

create table message_stop_tail (
  organization_id uuid not null,
  stop_id uuid not null,
  tail_id uuid not null,
  knows boolean not null,
  primary key (organization_id, stop_id, tail_id),
  foreign key (organization_id, stop_id) references message_stop (organization_id, id)
);
comment on table message_stop_tail is 'Which data folders have told what they know: machines that send beside each other have one each.';
comment on column message_stop_tail.knows is 'False: the folder was new and remembers nothing of this organization.';
call peiban_tenant_table('message_stop_tail');
