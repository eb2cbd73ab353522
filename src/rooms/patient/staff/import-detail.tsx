import { Alert, Button } from 'antd'
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
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { getImport, listImports, refusedRows, stopImport, type ImportView } from '../contract/import.ts'
import { ImportSetup } from './import-setup.tsx'

/** One import: its mapping before it starts, its counts while it runs, its end. */
export function ImportDetail({ importId, onStarted }: { importId: string; onStarted: () => void }) {
  const t = useT('patient')
  const { data, error } = useApi(getImport, { params: { importId } }, { everyMs: 1500, keep: false })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loading />
  return data.state === 'uploaded' ? (
    <ImportSetup key={data.id} import={data} onStarted={onStarted} />
  ) : (
    <Running of={data} hint={t('importPage.again')} />
  )
}

function Running({ of, hint }: { of: ImportView; hint: string }) {
  const t = useT('patient')
  const say = useSay()
  const stop = useAction(stopImport, {
    invalidates: [getImport, listImports],
    onDone: () => say.done(t('importPage.stopped')),
  })
  const params = { importId: of.id }
  const isUnder = of.state === 'queued' || of.state === 'running'
  const fetchRefused = (format: 'xlsx' | 'csv') =>
    void download(refusedRows, { params, query: { format } }).catch(say.problem)
  return (
    <Stack>
      <JobProgress
        title={of.fileName}
        state={FILE_RUN_JOBS[of.state]}
        done={of.rowsRead}
        total={of.state === 'done' ? of.rowsRead : null}
        failed={of.refused}
        {...(isUnder ? { onCancel: () => stop.mutate({ params }, { onError: say.problem }) } : {})}
      />
      {of.failure && <Alert type="error" title={t('importPage.failure', { rows: of.rowsRead })} />}
      <Facts
        items={[
          [
            t('importPage.rows'),
            <span key="r" className="pb-number">
              {of.rowsRead}
            </span>,
          ],
          [
            t('importPage.added'),
            <span key="a" className="pb-number">
              {of.added}
            </span>,
          ],
          [
            t('importPage.found'),
            <span key="f" className="pb-number">
              {of.found}
            </span>,
          ],
          [
            t('importPage.refused'),
            <span key="n" className="pb-number">
              {of.refused}
            </span>,
          ],
          [
            t('importPage.proposed'),
            <span key="p" className="pb-number">
              {of.proposed}
            </span>,
          ],
          [t('importPage.by'), of.by],
        ]}
      />
      {of.refused > 0 && (
        <Stack tight>
          <Row>
            <Button type="primary" onClick={() => fetchRefused('xlsx')}>
              {t('importPage.refusedXlsx')}
            </Button>
            <Button onClick={() => fetchRefused('csv')}>{t('importPage.refusedCsv')}</Button>
          </Row>
          <p className="pb-hint">{t('importPage.refusedHint')}</p>
        </Stack>
      )}
      {of.proposed > 0 && <Go to="/patients/doubles">{t('importPage.seeDoubles')}</Go>}
      {!isUnder && <p className="pb-hint">{hint}</p>}
    </Stack>
  )
}
