import { useQueryClient } from '@tanstack/react-query'
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
import { getImport, IMPORT_MEGABYTES, listImports, uploadImport, type ImportView } from '../contract/import.ts'
import { ImportDetail } from './import-detail.tsx'

/** 导入: hand in a file, say what its columns mean, look at what would happen, let it run. */
export function ImportPage() {
  const t = useT('patient')
  const opened = useOpened('import')
  const client = useQueryClient()
  const rows = useApiPages(listImports, { query: {} }, { everyMs: 5000 }) as unknown as PagesResult<ImportView>
  return (
    <Page title={t('importPage.title')} hint={t('importPage.hint')}>
      <FileDrop
        endpoint={uploadImport}
        accept=".xlsx,.csv,.tsv"
        invalidates={[listImports]}
        hint={t('importPage.dropHint', { megabytes: IMPORT_MEGABYTES })}
        words={{ drop: t('importPage.drop'), uploading: (percent) => t('importPage.uploading', { percent }) }}
        onDone={({ id }) => opened.open(id)}
      />
      <Card flush title={t('importPage.list')}>
        <DataTable<ImportView>
          name="patient-imports"
          label={t('importPage.list')}
          rows={rows}
          columns={columnsOf(t)}
          rowKey={({ id }) => id}
          rowName={({ fileName }) => fileName}
          onOpen={({ id }) => opened.open(id)}
          empty={<Empty title={t('importPage.empty')} />}
        />
      </Card>
      <SideDrawer title={t('importPage.title')} open={opened.id !== undefined} onClose={opened.close} widthPx={860}>
        {opened.id && (
          <ImportDetail
            importId={opened.id}
            onStarted={() => void client.invalidateQueries({ queryKey: [getImport.name] })}
          />
        )}
      </SideDrawer>
    </Page>
  )
}

function columnsOf(t: T): Column<ImportView>[] {
  const figure = (key: 'rowsRead' | 'added' | 'found' | 'refused', title: string): Column<ImportView> => ({
    key,
    title,
    number: true,
    render: (row) => row[key],
  })
  return [
    { key: 'file', title: t('importPage.file'), render: ({ fileName }) => fileName },
    {
      key: 'state',
      title: t('field.state'),
      render: ({ state }) => <Status tone={FILE_RUN_TONES[state]}>{t(`importPage.state.${state}`)}</Status>,
      card: 'aside',
    },
    figure('rowsRead', t('importPage.rows')),
    figure('added', t('importPage.added')),
    figure('found', t('importPage.found')),
    figure('refused', t('importPage.refused')),
    { key: 'by', title: t('importPage.by'), render: ({ by }) => by },
    { key: 'at', title: t('importPage.at'), render: ({ createdAt }) => <InstantText at={createdAt} /> },
  ]
}
