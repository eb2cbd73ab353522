-- 专科包: which packs are used in which departments, what each brought, and who decided.

create table specialty_pack (
  organization_id uuid not null references organization (id),
  code text not null,
  version int not null,
  left_version int,
  revision int not null default 1,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  primary key (organization_id, code)
);
comment on table specialty_pack is 'A pack that is or was in use. `version`: of the content that was taken; `left_version`: a newer one that was looked at and left.';
call peiban_tenant_table('specialty_pack');

create table specialty_pack_department (
  organization_id uuid not null,
  pack_code text not null,
  department_id uuid not null,
  since timestamptz not null,
  primary key (organization_id, pack_code, department_id),
  foreign key (organization_id, pack_code) references specialty_pack (organization_id, code),
  foreign key (organization_id, department_id) references department (organization_id, id)
);
comment on table specialty_pack_department is 'Where a pack is in use; without a row it is out of use, and what it brought stands as `specialty_pack_part` says.';
call peiban_tenant_table('specialty_pack_department');

create table specialty_pack_part (
  organization_id uuid not null,
  pack_code text not null,
  kind text not null,
  code text not null,
  part_version int not null,
  digest text not null,
  taken_out boolean not null default false,
  primary key (organization_id, pack_code, kind, code),
  foreign key (organization_id, pack_code) references specialty_pack (organization_id, code)
);
comment on table specialty_pack_part is 'What a pack laid down in another room: the version it became there and a digest of its words, by which a change made here is seen.';
comment on column specialty_pack_part.taken_out is 'The removal of the pack took it out of force; it comes back with the pack.';
call peiban_tenant_table('specialty_pack_part');

create table specialty_pack_event (
  organization_id uuid not null,
  pack_code text not null,
  id uuid not null,
  kind text not null check (kind in ('installed', 'extended', 'updated', 'left', 'reduced', 'removed')),
  version int not null,
  departments text[] not null,
  counts jsonb not null,
  by_id uuid,
  by_name text not null,
  at timestamptz not null,
  primary key (organization_id, pack_code, id)
);
comment on table specialty_pack_event is 'Who installed, updated or took out what, where; `departments` are their names of that day.';
call peiban_tenant_table('specialty_pack_event');
call peiban_append_only('specialty_pack_event');
