-- 管理质量月报: figures of care as they stood when a month was over.

create table care_figure_report (
  organization_id uuid not null references organization (id),
  month date not null check (extract(day from month) = 1),
  lines jsonb not null,
  made_at timestamptz not null,
  primary key (organization_id, month)
);
comment on table care_figure_report is 'The figures of a month by pathway, counted once when it was over; made by itself, never changed.';
comment on column care_figure_report.lines is '[{"pathway", "figure", "count", "n"}]; pathway empty: of all together.';
call peiban_tenant_table('care_figure_report');
call peiban_append_only('care_figure_report');
