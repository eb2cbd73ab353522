-- In whose name mails leave: the keys they are signed with, and where what cannot be delivered comes back to.

create table mail_domain (
  organization_id uuid not null references organization (id),
  return_pattern text,
  version int not null default 1,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id)
);
comment on table mail_domain is 'Where bounces of an organization come back to; the star of the pattern stands for a token that names one message and cannot be made up.';
call peiban_tenant_table('mail_domain');

create table mail_key (
  organization_id uuid not null references organization (id),
  id uuid not null,
  kind text not null check (kind in ('rsa', 'ed25519')),
  domain text not null,
  selector text not null,
  public_key text not null,
  private_sealed bytea,
  state text not null check (state in ('made', 'signing', 'retired')),
  made_by uuid,
  made_by_name text not null,
  made_at timestamptz not null,
  signing_since timestamptz,
  retired_at timestamptz,
  checked_at timestamptz,
  finding text check (finding in ('published', 'missing', 'other', 'unreachable')),
  primary key (organization_id, id),
  constraint mail_key_selector unique (organization_id, domain, selector),
  check ((state = 'retired') = (private_sealed is null))
);
comment on table mail_key is 'DKIM keys. The private half is sealed, and deleted when the key is retired; a selector is never used again.';
create unique index mail_key_signing on mail_key (organization_id, kind) where state = 'signing';
create unique index mail_key_made on mail_key (organization_id, kind) where state = 'made';
call peiban_tenant_table('mail_key');
