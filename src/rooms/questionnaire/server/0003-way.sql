-- How a questionnaire was filled in: what a printed form says beside who and when.

alter table questionnaire_response
  add column way text check (way in ('interview', 'link', 'kiosk'));
comment on column questionnaire_response.way is 'At the desk by a colleague, through a link, on a tablet of the house; null for answers older than this column.';
