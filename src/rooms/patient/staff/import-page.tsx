import { Upload } from 'antd'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
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
import { getImport, IMPORT_MEGABYTES, listImports, uploadImport, type ImportView } from '../contract/import.ts'
import { ImportDetail } from './import-detail.tsx'

const TONES: Record<ImportView['state'], Tone> = {
  uploaded: 'due',
  queued: 'low',
  running: 'low',
  done: 'good',
  stopped: 'plain',
  failed: 'danger',
}

/** 导入: hand in a file, say what its columns mean, look at what would happen, let it run. */
export function ImportPage() {
  const t = useT('patient')
  const opened = useOpened('import')
  const client = useQueryClient()
  const [share, setShare] = useState<number>()
  const [problem, setProblem] = useState<Error>()
  const rows = useApiPages(listImports, { query: {} }, { everyMs: 5000 }) as unknown as PagesResult<ImportView>
  const send = async (file: File) => {
    setProblem(undefined)
    setShare(0)
    try {
      const done = await upload(uploadImport, file, {}, { onProgress: setShare })
      await client.invalidateQueries({ queryKey: [listImports.name] })
      opened.open(done.id)
    } catch (error) {
      setProblem(error as Error)
    } finally {
      setShare(undefined)
    }
  }
  return (
    <Page title={t('importPage.title')} hint={t('importPage.hint')}>
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
        <p>
          {share === undefined ? t('importPage.drop') : t('importPage.uploading', { percent: Math.round(share * 100) })}
        </p>
        <p className="pb-hint">{t('importPage.dropHint', { megabytes: IMPORT_MEGABYTES })}</p>
      </Upload.Dragger>
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
      render: ({ state }) => <Status tone={TONES[state]}>{t(`importPage.state.${state}`)}</Status>,
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
