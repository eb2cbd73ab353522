-- Two occasions of one minute read alike where no web address is set; WeCom took the second for a repetition of the first.

alter table wechat_staff_notice add column batch_number int not null default 1 check (batch_number > 0);
comment on column wechat_staff_notice.batch_number is 'Which of the messages of its staff member, topic and minute this is; from the second on the words say so, so that WeCom does not take it for a repetition.';
