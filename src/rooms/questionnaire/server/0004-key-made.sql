-- When each key was made: what was sent to a guardian opens nothing once the young person is 14 (PIPL §31).

alter table questionnaire_key add column made_at timestamptz;
update questionnaire_key k set made_at = i.sent_at from questionnaire_invitation i
  where i.organization_id = k.organization_id and i.id = k.invitation_id;
alter table questionnaire_key alter column made_at set not null;
