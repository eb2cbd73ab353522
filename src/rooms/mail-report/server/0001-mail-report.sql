-- What comes back about mails: bounces, complaints, and what nobody understood.

create table mail_report (
  organization_id uuid not null references organization (id),
  id uuid not null,
  report_key bytea not null,
  way text not null check (way in ('smtp', 'post')),
  kind text not null check (kind in ('bounce', 'delay', 'delivery', 'complaint', 'auto-reply', 'unknown')),
  meaning text check (meaning in ('gone', 'unwanted', 'content', 'refused', 'later', 'arrived', 'complaint')),
  words text not null default '',
  to_masked text,
  proven_id uuid,
  candidate_id uuid,
  message_id uuid,
  state text not null check (state in ('waiting', 'settled', 'open', 'aside')),
  why text check (why in ('no-mark', 'not-understood', 'no-such-mail', 'unreadable', 'too-long')),
  raw_sealed bytea,
  received_at timestamptz not null,
  decided_by uuid,
  decided_by_name text,
  decided_at timestamptz,
  note text not null default '',
  primary key (organization_id, id),
  constraint mail_report_once unique (organization_id, report_key)
);
comment on table mail_report is 'One row for each report about a mail, however often it is handed in. message_id stands once it has told the ledger something or has been found to tell nothing new.';
comment on column mail_report.words is 'What the other server said, without addresses and numbers; never the mail itself.';
comment on column mail_report.proven_id is 'The message that a token of ours in the report names; without one a report changes nothing by itself.';
comment on column mail_report.candidate_id is 'The message that it names without a proof: shown to whoever decides, and no more.';
comment on column mail_report.raw_sealed is 'As received, sealed; kept only while somebody may still have to read it.';
create index mail_report_list on mail_report (organization_id, state, id desc);
create index mail_report_waiting on mail_report (organization_id, id) where state = 'waiting';
create index mail_report_received on mail_report (organization_id, received_at);
call peiban_tenant_table('mail_report');
