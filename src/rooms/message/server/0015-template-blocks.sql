-- Templates by blocks: the pictures in them; and when each template was last sent, for the inventory.

create table message_picture (
  organization_id uuid not null references organization (id),
  token_hash bytea not null,
  media text not null check (media in ('image/png', 'image/jpeg')),
  width int not null check (width between 1 and 4000),
  height int not null check (height between 1 and 4000),
  content bytea not null check (length(content) <= 400000),
  added_by uuid,
  added_by_name text not null,
  added_at timestamptz not null,
  primary key (organization_id, token_hash)
);
comment on table message_picture is 'Pictures in mails by block. A mail names one by its token alone, the same for everybody who gets it, so that fetching it tells nothing of whom it was sent to. Never deleted: old mails show it.';
call peiban_tenant_table('message_picture');

create table message_template_use (
  organization_id uuid not null references organization (id),
  code text not null,
  last_sent_at timestamptz not null,
  primary key (organization_id, code)
);
comment on table message_template_use is 'When a template last went out, put together from the ledger by the round message/template-use; a row that lags loses nothing.';
call peiban_tenant_table('message_template_use');

-- Mail has its own index of what has gone; the few other ways that leave the house get theirs.
create index message_gone_otherwise on message (organization_id, sent_at) where channel not in ('email', 'in-app') and sent_at is not null;
