-- The guardian's own address: children under 14 are written to there and nowhere else.
alter table patient add column guardian_email_sealed bytea;
comment on column patient.guardian_email_sealed is 'E-mail of whoever answers for the child; its mask stands in guardian. What stands in email_sealed is the person''s own, for after the 14th birthday.';
-- Until now a child's file held the address that the guardian had given; it stays the guardian's.
update patient set guardian_email_sealed = email_sealed, guardian = guardian || jsonb_build_object('emailMasked', email_masked), email_sealed = null, email_masked = null
where guardian is not null and email_sealed is not null and birth_date > current_date - interval '14 years';
