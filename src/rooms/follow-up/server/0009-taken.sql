-- Which shipped version of a protocol a house has taken over, so that it is not offered again once it was changed.
alter table protocol add column taken_print text;
comment on column protocol.taken_print is 'Print of the shipped definition that this version began as; null where it began as something else. Equal to the letter needs no print.';
