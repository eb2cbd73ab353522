-- Nothing promotional goes to somebody in hospital: for those who were there before the room message kept it.
insert into message_hold (organization_id, patient_id, kind, source_key, since)
select organization_id, patient_id, 'admission', id::text, entered_at from patient_stage where stage = 'inpatient' and left_on is null
on conflict do nothing;
