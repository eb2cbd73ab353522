import {
  Card,
  DataTable,
  Empty,
  FILE_RUN_TONES,
  FileDrop,
  InstantText,
  Page,
  SideDrawer,
  Status,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type T,
} from '../../../platform/web/index.ts'
import { listTables, uploadTable, type TableUpload } from '../contract/tables.ts'
import { TableDetail } from './table-detail.tsx'

/** 上传表格: hand in a spreadsheet of results, say what its columns mean, look, let it run. */
export function TablesPage() {
  const t = useT('report-intake')
  const opened = useOpened('upload')
  const rows = useApiPages(listTables, { query: {} }, { everyMs: 5000 }) as unknown as PagesResult<TableUpload>
  return (
    <Page title={t('nav.tables')} hint={t('table.hint')}>
      <FileDrop
        endpoint={uploadTable}
        accept=".xlsx,.csv,.tsv"
        invalidates={[listTables]}
        hint={t('table.dropHint')}
        words={{ drop: t('table.drop'), uploading: (percent) => t('table.uploading', { percent }) }}
        onDone={({ id }) => opened.open(id)}
      />
      <Card flush title={t('table.list')}>
        <DataTable<TableUpload>
          name="intake-tables"
          label={t('table.list')}
          rows={rows}
          columns={columnsOf(t)}
          rowKey={({ id }) => id}
          rowName={({ fileName }) => fileName}
          onOpen={({ id }) => opened.open(id)}
          empty={<Empty title={t('table.empty')} hint={t('table.emptyHint')} />}
        />
      </Card>
      <SideDrawer title={t('nav.tables')} open={opened.id !== undefined} onClose={opened.close} widthPx={860}>
        {opened.id && <TableDetail uploadId={opened.id} />}
      </SideDrawer>
    </Page>
  )
}

function columnsOf(t: T): Column<TableUpload>[] {
  const figure = (key: 'rowCount' | 'reports' | 'refused'): Column<TableUpload> => ({
    key,
    title: t(`table.${key}`),
    number: true,
    render: (row) => row[key],
  })
  return [
    { key: 'file', title: t('table.file'), render: ({ fileName }) => fileName },
    {
      key: 'state',
      title: t('message.state'),
      render: ({ state }) => <Status tone={FILE_RUN_TONES[state]}>{t(`table.state.${state}`)}</Status>,
      card: 'aside',
    },
    figure('rowCount'),
    figure('reports'),
    figure('refused'),
    { key: 'by', title: t('table.by'), render: ({ by }) => by },
    { key: 'at', title: t('message.at'), render: ({ createdAt }) => <InstantText at={createdAt} /> },
  ]
}
