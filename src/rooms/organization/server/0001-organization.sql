-- Organizations and their places. Everything else in the house belongs to one organization.

create table organization (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,40}$'),
  name text not null,
  name_en text not null default '',
  time_zone text not null default 'Asia/Shanghai',
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  phone text,
  address text,
  logo_file text,
  settings jsonb not null default '{}',
  version int not null default 1,
  created_at timestamptz not null
);
comment on column organization.settings is 'The document of contract/settings.ts; what is missing has its default there.';
comment on table organization is 'A hospital, clinic or health-check centre. Read by every process to know whom it works for, so it has no row policy; the endpoints show each organization itself only.';
grant select, insert, update on organization to peiban_app;

create table site (
  organization_id uuid not null references organization (id),
  id uuid not null,
  name text not null,
  address text not null default '',
  phone text not null default '',
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint site_name_taken unique (organization_id, name)
);
comment on table site is 'A building patients come to (FHIR Location).';
call peiban_tenant_table('site');

create table department (
  organization_id uuid not null references organization (id),
  id uuid not null,
  site_id uuid,
  name text not null,
  lead_id uuid,
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (organization_id, id),
  constraint department_name_taken unique (organization_id, name),
  constraint department_site foreign key (organization_id, site_id) references site (organization_id, id)
);
comment on table department is 'A department (FHIR Organization part); its lead gets the work that nobody else is bound to.';
call peiban_tenant_table('department');
