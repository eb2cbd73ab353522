-- For which departments a protocol takes people in by itself.

create table protocol_reach (
  organization_id uuid not null references organization (id),
  code text not null,
  departments uuid[] not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (organization_id, code)
);
comment on table protocol_reach is 'A protocol without a row takes in everybody who fits. With one: only people whose doctor or health manager stands in one of these departments; with none left nobody new, by hand neither. Plans that run go on.';
call peiban_tenant_table('protocol_reach');
