-- Whether an alert is about a result or about somebody's safety: whom we fear for is in a crisis.
alter table alert add column kind text not null default 'result' check (kind in ('result', 'safety'));
comment on column alert.kind is 'safety: we fear for the person themselves, and they count as in a crisis until it is closed.';

-- Those that words of the diary, or answers about mood and mind, had raised before it was told apart.
update alert set kind = 'safety'
where (source = 'mood-diary' and source_key like 'entry:%')
  or (source = 'questionnaire' and title in ('问卷答案让人担心本人安全，请马上电话联系', 'Answers that make us fear for the person: call at once'));
update message_hold h set kind = 'crisis' from alert a
where h.kind = 'alert' and a.organization_id = h.organization_id and a.id::text = h.source_key and a.kind = 'safety' and a.state <> 'closed';
