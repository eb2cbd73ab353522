-- Tokens that other houses' servers hand out for an account of ours and that all our processes share; see src/platform/wechat.

create table access_token (
  organization_id uuid not null,
  holder text not null check (length(holder) between 1 and 200),
  token_sealed bytea,
  expires_at timestamptz,
  fetched_at timestamptz,
  fetches bigint not null default 0,
  retry_at timestamptz,
  last_refusal text,
  primary key (organization_id, holder),
  check ((token_sealed is null) = (expires_at is null))
);
comment on table access_token is 'One access token per account (holder, such as wechat:<appid>), fetched under the row lock: two processes at once ask once.';
comment on column access_token.fetches is 'How often one was asked for, successful or not.';
comment on column access_token.retry_at is 'After a fetch that failed nobody asks again before this.';
call peiban_tenant_table('access_token');
