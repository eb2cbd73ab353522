-- Nothing promotional goes to somebody with an open alert: for those that were open before the room message kept it.
insert into message_hold (organization_id, patient_id, kind, source_key, since)
select organization_id, patient_id, 'alert', id::text, raised_at from alert where state <> 'closed'
on conflict do nothing;
