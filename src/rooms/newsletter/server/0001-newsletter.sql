-- 月刊: one issue a month, its words as they were sent, and the campaign it went out by.

create table newsletter_issue (
  organization_id uuid not null references organization (id),
  id uuid not null,
  month text not null check (month ~ '^20\d{2}-(0[1-9]|1[0-2])$'),
  number int not null check (number between 1 and 9999),
  state text not null check (state in ('draft', 'submitted', 'approved', 'sent')),
  definition jsonb not null,
  revision int not null default 1,
  edited_by uuid[] not null default '{}',
  changed_at timestamptz not null,
  changed_by_name text not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  note text not null default '',
  campaign_id uuid,
  sent_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, month),
  unique (organization_id, number),
  foreign key (organization_id, campaign_id) references campaign (organization_id, id),
  check ((state = 'sent') = (sent_at is not null)),
  check (state not in ('approved', 'sent') or campaign_id is not null)
);
comment on table newsletter_issue is 'The issue of one month. The key of the month is what makes "one a month" true. Articles are kept word for word, so that the archive shows what went out whatever became of their cards.';
comment on column newsletter_issue.edited_by is 'Everybody whose hand is in it: none of them may approve it.';
comment on column newsletter_issue.campaign_id is 'Laid out when it was approved: whom it goes to, in waves, and what became of it, is the room campaign''s.';
call peiban_tenant_table('newsletter_issue');
