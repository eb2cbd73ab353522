-- The template by which codes go to a phone (验证码): approved by the provider like all others, one for each organization.

alter table sms_account add column code_template text not null default '';
comment on column sms_account.code_template is 'Number of the approved template for codes at the provider; empty: codes cannot be sent.';
alter table sms_account add column code_text text not null default '';
comment on column sms_account.code_text is 'That template word for word, with one variable for the code.';
