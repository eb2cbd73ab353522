import { Button } from 'antd'
import {
  download,
  Facts,
  FILE_RUN_JOBS,
  Go,
  JobProgress,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useT,
} from '../../../platform/web/index.ts'
import { getTable, listTables, refusedTableRows, stopTable, type TableUpload } from '../contract/tables.ts'
import { TableSetup } from './table-setup.tsx'

/** One spreadsheet: its mapping before it starts, its counts while it runs, its end. */
export function TableDetail({ uploadId }: { uploadId: string }) {
  const { data, error } = useApi(getTable, { params: { uploadId: uploadId as never } }, { everyMs: 2000, keep: false })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loading />
  return data.state === 'uploaded' ? <TableSetup key={data.id} upload={data} /> : <Running of={data} />
}

function Running({ of }: { of: TableUpload }) {
  const t = useT('report-intake')
  const params = { uploadId: of.id }
  const stop = useAction(stopTable, { invalidates: [getTable, listTables] })
  const isUnder = of.state === 'queued' || of.state === 'running'
  return (
    <Stack>
      <ProblemAlert problem={stop.error} />
      <JobProgress
        title={of.fileName}
        state={FILE_RUN_JOBS[of.state]}
        done={of.rowsRead}
        total={of.rowCount}
        failed={of.refused}
        {...(isUnder ? { onCancel: () => stop.mutate({ params }) } : {})}
      />
      <Facts
        items={[
          [t('table.reports'), of.reports],
          [t('table.refused'), of.refused],
        ]}
      />
      <p className="pb-hint">{t('table.after')}</p>
      <Row>
        {of.refused > 0 && (
          <Button
            onClick={() =>
              void download(refusedTableRows, { params }, `${of.fileName.replace(/\.\w+$/, '')}-refused.csv`)
            }
          >
            {t('table.fetchRefused', { count: of.refused })}
          </Button>
        )}
        <Go to="/intake?tab=persons">{t('tab.persons')}</Go>
      </Row>
    </Stack>
  )
}
