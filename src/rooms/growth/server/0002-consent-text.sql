-- The words that were agreed to stay with the consent, however the text of the programme changes later.
alter table growth_consent add column consent_text jsonb not null default '{}';
comment on column growth_consent.consent_text is 'The text as it was shown, in both languages.';
