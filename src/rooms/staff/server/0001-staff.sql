-- People who work here, their roles, bindings, sessions and keys.

create table staff (
  organization_id uuid not null references organization (id),
  id uuid not null,
  login text not null,
  name text not null,
  title text not null default '',
  email text,
  department_id uuid,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  state text not null check (state in ('invited', 'active', 'disabled')),
  password_hash text,
  password_set_at timestamptz,
  password_past text[] not null default '{}',
  password_expires boolean not null default true,
  failed_count int not null default 0,
  failed_since timestamptz,
  locked_until timestamptz,
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint,
  version int not null default 1,
  created_at timestamptz not null,
  disabled_at timestamptz,
  primary key (organization_id, id),
  constraint staff_login_taken unique (organization_id, login),
  constraint staff_department foreign key (organization_id, department_id) references department (organization_id, id)
);
comment on table staff is 'A member of staff (FHIR Practitioner) and the means to sign in.';
comment on column staff.password_past is 'Hashes of former passwords, newest first: a new one must differ from them.';
comment on column staff.totp_last_step is 'The last time step used, so that a code works once.';
call peiban_tenant_table('staff');

alter table department add constraint department_lead foreign key (organization_id, lead_id) references staff (organization_id, id);

create table staff_role (
  organization_id uuid not null,
  staff_id uuid not null,
  role text not null,
  primary key (organization_id, staff_id, role),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table staff_role is 'Roles of contract/permissions.ts (FHIR PractitionerRole).';
create index staff_role_by_role on staff_role (organization_id, role, staff_id);
call peiban_tenant_table('staff_role');

create table physician_manager (
  organization_id uuid not null,
  physician_id uuid not null,
  manager_id uuid not null,
  last_assigned_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, physician_id, manager_id),
  foreign key (organization_id, physician_id) references staff (organization_id, id),
  foreign key (organization_id, manager_id) references staff (organization_id, id)
);
comment on table physician_manager is 'Which service managers work with a physician (1 to n). last_assigned_at breaks ties of load.';
call peiban_tenant_table('physician_manager');

create table session (
  organization_id uuid not null,
  token_hash bytea not null,
  id uuid not null,
  staff_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor_at timestamptz,
  address text not null default '',
  user_agent text not null default '',
  revoked_at timestamptz,
  revoked_because text,
  primary key (organization_id, token_hash),
  unique (organization_id, id),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table session is 'A signed-in browser. Only the hash of its token is kept.';
create index session_of_staff on session (organization_id, staff_id, last_seen_at desc) where revoked_at is null;
call peiban_tenant_table('session');

create table invitation (
  organization_id uuid not null,
  token_hash bytea not null,
  staff_id uuid not null,
  purpose text not null check (purpose in ('invite', 'reset')),
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (organization_id, token_hash),
  foreign key (organization_id, staff_id) references staff (organization_id, id)
);
comment on table invitation is 'A link by which a person sets a first or a new password, once.';
call peiban_tenant_table('invitation');

create table api_key (
  organization_id uuid not null references organization (id),
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  permissions text[] not null,
  created_by uuid,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, token_hash)
);
comment on table api_key is 'A machine that may call endpoints, such as a laboratory system that posts reports.';
call peiban_tenant_table('api_key');
