-- Tags that scales on mind and mood have set so far are marked as such; new ones are marked when they are set.

update patient_tag t set sensitivity = 'mental' from questionnaire q
where t.source = 'room' and q.organization_id = t.organization_id and q.sensitivity = 'mental'
  and t.facts @> jsonb_build_array(jsonb_build_object('kind', 'questionnaire', 'code', q.code));
