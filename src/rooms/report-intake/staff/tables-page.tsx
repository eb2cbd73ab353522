import { Upload } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  Card,
  DataTable,
  Empty,
  InstantText,
  Page,
  ProblemAlert,
  SideDrawer,
  Status,
  upload,
  useApiPages,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type T,
  type Tone,
} from '../../../platform/web/index.ts'
import { listTables, uploadTable, type TableUpload } from '../contract/tables.ts'
import { TableDetail } from './table-detail.tsx'

const TONES: Record<TableUpload['state'], Tone> = {
  uploaded: 'due',
  queued: 'low',
  running: 'low',
  done: 'good',
  stopped: 'plain',
  failed: 'danger',
}

/** 上传表格: hand in a spreadsheet of results, say what its columns mean, look, let it run. */
export function TablesPage() {
  const t = useT('report-intake')
  const opened = useOpened('upload')
  const client = useQueryClient()
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<Error>()
  const rows = useApiPages(listTables, { query: {} }, { everyMs: 5000 }) as unknown as PagesResult<TableUpload>
  const send = async (file: File) => {
    setProblem(undefined)
    setShare(0)
    try {
      const done = await upload(uploadTable, file, {}, { onProgress: setShare })
      await client.invalidateQueries({ queryKey: [listTables.name] })
      opened.open(done.id)
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setShare(undefined)
    }
  }
  return (
    <Page title={t('nav.tables')} hint={t('table.hint')}>
      <ProblemAlert problem={problem} />
      <Upload.Dragger
        accept=".xlsx,.csv,.tsv"
        multiple={false}
        showUploadList={false}
        disabled={share !== undefined}
        beforeUpload={(file) => {
          void send(file as unknown as File)
          return false
        }}
      >
        <p>{share === undefined ? t('table.drop') : t('table.uploading', { percent: Math.round(share * 100) })}</p>
        <p className="pb-hint">{t('table.dropHint')}</p>
      </Upload.Dragger>
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
      render: ({ state }) => <Status tone={TONES[state]}>{t(`table.state.${state}`)}</Status>,
      card: 'aside',
    },
    figure('rowCount'),
    figure('reports'),
    figure('refused'),
    { key: 'by', title: t('table.by'), render: ({ by }) => by },
    { key: 'at', title: t('message.at'), render: ({ createdAt }) => <InstantText at={createdAt} /> },
  ]
}
