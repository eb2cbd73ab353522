-- Who reads what: pictures and links of mails that were asked for, told apart by person and machine. Neither address nor
-- program of a reader is kept: what a request shows is read while it is answered, and two words of it stay.

create table message_hit (
  organization_id uuid not null,
  message_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('picture', 'link', 'trap')),
  link smallint not null check (link between 0 and 99),
  at timestamptz not null,
  sign text not null check (sign in ('plain', 'image-proxy', 'prefetch', 'privacy-proxy', 'robot', 'head')),
  client text not null check (client ~ '^[a-z]{2,20}$'),
  verdict text not null check (verdict in ('person', 'machine')),
  because text not null check (because ~ '^[a-z][a-z-]{1,19}$'),
  primary key (organization_id, message_id, id),
  foreign key (organization_id, message_id) references message (organization_id, id)
);
comment on table message_hit is 'One request for a picture or a link of a mail. The hits of a mail are judged anew with each that comes, since a gateway may give itself away after its first one; see rules/judge.ts.';
comment on column message_hit.link is 'Which link of the mail, from 1; 0 for its picture and for the link that nobody sees.';
call peiban_tenant_table('message_hit');

create table message_reading (
  organization_id uuid not null,
  message_id uuid not null,
  raw boolean not null,
  seen boolean not null,
  clicked boolean not null,
  surplus int not null default 0,
  first_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (organization_id, message_id),
  foreign key (organization_id, message_id) references message (organization_id, id),
  check (seen or not clicked)
);
comment on table message_reading is 'What the hits of one mail say: its picture asked for by anything (raw), seen by a person, a link followed by a person, which counts as seen.';
comment on column message_reading.surplus is 'Hits beyond those that are kept: a mail in a public place, or somebody at play.';
call peiban_tenant_table('message_reading');

create table reading_report (
  organization_id uuid not null,
  month date not null check (extract(day from month) = 1),
  lines jsonb not null,
  made_at timestamptz not null,
  primary key (organization_id, month)
);
comment on table reading_report is 'The figures of a month as they stood when the month was over; made by itself, never changed.';
call peiban_tenant_table('reading_report');
call peiban_append_only('reading_report');
