-- Results of alerts of which nobody has told the person yet stay off the person's own pages.
insert into observation_withheld (organization_id, observation_id, source, source_key, since)
  select a.organization_id, r.observation_id, 'alert', a.id::text, a.raised_at from alert a
  join alert_result r on r.organization_id = a.organization_id and r.alert_id = a.id
  where a.state <> 'closed' and a.reached_at is null
  on conflict do nothing;
