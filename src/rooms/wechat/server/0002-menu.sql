-- The menu of a service account, and the codes by which people come to talk to the staff in WeCom.

create table wechat_menu (
  organization_id uuid not null,
  account_id uuid not null,
  draft jsonb not null,
  version int not null default 1,
  published jsonb,
  published_at timestamptz,
  published_by uuid,
  published_by_name text,
  changed_by uuid,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (organization_id, account_id),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id),
  check ((published is null) = (published_at is null))
);
comment on table wechat_menu is 'The menu of a service account as it is drafted (contract/menu.ts), and what of it followers see since it was last published from here.';
call peiban_tenant_table('wechat_menu');

create table wechat_contact_way (
  organization_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  config_id text not null,
  name text not null,
  user_ids text[] not null,
  temporary boolean not null,
  until timestamptz,
  chat_hours int,
  code_url text not null,
  made_by uuid,
  made_by_name text not null,
  made_at timestamptz not null,
  removed_at timestamptz,
  removed_by_name text,
  primary key (organization_id, id),
  foreign key (organization_id, account_id) references wechat_account (organization_id, id),
  check (temporary = (until is not null))
);
comment on table wechat_contact_way is 'A code that WeCom has made for us (联系我). Who loses config_id cannot take it back.';
create index wechat_contact_way_of on wechat_contact_way (organization_id, account_id, id desc) where removed_at is null;
call peiban_tenant_table('wechat_contact_way');
