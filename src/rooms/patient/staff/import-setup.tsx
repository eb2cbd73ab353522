import { Button, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { Columns, ProblemAlert, Row, Stack, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import {
  getImport,
  IMPORT_FIELDS,
  listImports,
  previewImport,
  startImport,
  type ImportField,
  type ImportMapping,
  type ImportView,
} from '../contract/import.ts'
import { ImportPreview } from './import-preview.tsx'

/** Which column is what, and what would become of the first rows. */
export function ImportSetup({ import: of, onStarted }: { import: ImportView; onStarted: () => void }) {
  const t = useT('patient')
  const say = useSay()
  const [mapping, setMapping] = useState<ImportMapping>(of.mapping)
  const [saveAs, setSaveAs] = useState('')
  const start = useAction(startImport, {
    invalidates: [getImport, listImports],
    onDone: () => {
      say.done(t('importPage.started'))
      onStarted()
    },
  })
  const params = { importId: of.id }
  const isNamed = mapping.name !== undefined
  const preview = useApi(previewImport, { params, body: { mapping } }, { enabled: isNamed })
  return (
    <Stack>
      <h3>{of.fileName}</h3>
      <section aria-label={t('importPage.mapping')}>
        <strong>{t('importPage.mapping')}</strong> <span className="pb-hint">{t('importPage.mappingHint')}</span>
        <MappingTable columns={of.columns} mapping={mapping} onChange={setMapping} />
      </section>
      {!isNamed && <p className="pb-due">{t('importPage.needName')}</p>}
      <section aria-label={t('importPage.preview')}>
        <strong>{t('importPage.preview')}</strong> <span className="pb-hint">{t('importPage.previewHint')}</span>
        <ProblemAlert problem={preview.error} />
        {preview.data && isNamed && <ImportPreview rows={preview.data.rows} />}
      </section>
      <ProblemAlert problem={start.error} />
      <Row>
        <label>
          {t('importPage.saveAs')}{' '}
          <Input
            style={{ width: 200 }}
            maxLength={60}
            value={saveAs}
            onChange={({ target }) => setSaveAs(target.value)}
          />
        </label>
        <span className="pb-hint">{t('importPage.saveAsHint')}</span>
      </Row>
      <Row>
        <Button
          type="primary"
          disabled={!isNamed}
          loading={start.isPending}
          onClick={() => start.mutate({ params, body: { mapping, saveAs } })}
        >
          {t('importPage.start')}
        </Button>
      </Row>
    </Stack>
  )
}

function MappingTable({
  columns,
  mapping,
  onChange,
}: {
  columns: readonly string[]
  mapping: ImportMapping
  onChange: (mapping: ImportMapping) => void
}) {
  const t = useT('patient')
  const options = useMemo(() => IMPORT_FIELDS.map((value) => ({ value, label: t(`field.${value}`) })), [t])
  const fieldOf = (index: number) => IMPORT_FIELDS.find((field) => mapping[field] === index)
  const assign = (index: number, field: ImportField | undefined) => {
    const others = Object.entries(mapping).filter(([known, at]) => at !== index && known !== field)
    onChange(Object.fromEntries([...others, ...(field ? [[field, index]] : [])]) as ImportMapping)
  }
  return (
    <Columns minPx={240}>
      {columns.map((column, index) => (
        <label key={`${index} ${column}`} style={{ display: 'flex', flexDirection: 'column', gap: 4 }}>
          <span>{column}</span>
          <Select<ImportField | undefined>
            allowClear
            aria-label={column}
            placeholder={t('importPage.ignore')}
            options={options}
            value={fieldOf(index)}
            onChange={(field) => assign(index, field)}
          />
        </label>
      ))}
    </Columns>
  )
}
