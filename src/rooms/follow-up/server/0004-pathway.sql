-- Pathways: what ended a plan by rule.

alter table plan_run add column exit_rule text;
comment on column plan_run.exit_rule is 'Code of the rule of leaving in the version it ran by; with state completed it is a graduation (结案), by a rule or by hand.';
