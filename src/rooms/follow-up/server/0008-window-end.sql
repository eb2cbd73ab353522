-- Coverage of calls is counted by the day on which the window ended, over a week or a month of a table that only grows.
create index occurrence_window_end on occurrence (organization_id, window_until, id) where state in ('due', 'done', 'done-late', 'missed');
