-- Tags that a person does not want to be used for recommending anything to them.

create table tag_refusal (
  organization_id uuid not null,
  patient_id uuid not null,
  tag_code text not null,
  since timestamptz not null,
  moved jsonb not null default '[]',
  primary key (organization_id, patient_id, tag_code),
  foreign key (organization_id, patient_id) references patient (organization_id, id)
);
comment on table tag_refusal is 'What a person has deleted from what recommendations rest on (算法推荐管理规定 第十七条). Care goes on: the tag stands, tasks and follow-up go by it; no audience, message or advice does. It holds however often the tag is set anew.';
comment on column tag_refusal.moved is 'Merges that copied the row to its patient: [{"merge"}].';
call peiban_tenant_table('tag_refusal');

alter table patient_tag_event drop constraint patient_tag_event_change_check;
alter table patient_tag_event add constraint patient_tag_event_change_check
  check (change in ('set', 'cleared', 'expired', 'suppressed', 'unsuppressed', 'removed', 'refused', 'allowed'));
