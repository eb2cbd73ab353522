import { Button, Input, Segmented, Select } from 'antd'
import { useMemo, useState } from 'react'
import {
  Columns,
  Facts,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import {
  getTable,
  listTables,
  previewTable,
  startTable,
  TABLE_FIELDS,
  type TableField,
  type TableMapping,
  type TableUpload,
} from '../contract/tables.ts'

const ITEM = 'item'

/** What each column means, and what would become of the file. */
export function TableSetup({ upload }: { upload: TableUpload }) {
  const t = useT('report-intake')
  const say = useSay()
  const [mapping, setMapping] = useState<TableMapping>(upload.mapping)
  const [saveAs, setSaveAs] = useState('')
  const params = { uploadId: upload.id }
  const preview = useApi(previewTable, { params, body: mapping }, { keep: false })
  const start = useAction(startTable, {
    invalidates: [getTable, listTables],
    onDone: () => say.done(t('table.started')),
  })
  return (
    <Stack>
      <h3>{upload.fileName}</h3>
      <Segmented
        aria-label={t('table.shape')}
        value={mapping.shape}
        onChange={(shape) => setMapping({ ...mapping, shape })}
        options={(['long', 'wide'] as const).map((value) => ({ value, label: t(`table.shapeOf.${value}`) }))}
      />
      <MappingGrid headers={upload.headers} mapping={mapping} onChange={setMapping} />
      <ProblemAlert problem={preview.error ?? start.error} />
      {preview.data && <Preview of={preview.data} />}
      <Row>
        <Input
          aria-label={t('table.saveAs')}
          placeholder={t('table.saveAs')}
          style={{ width: 240 }}
          maxLength={60}
          value={saveAs}
          onChange={({ target }) => setSaveAs(target.value)}
        />
        <Button
          type="primary"
          disabled={!preview.data || preview.data.reports === 0}
          loading={start.isPending}
          onClick={() => start.mutate({ params, body: { ...mapping, ...(saveAs ? { saveAs } : {}) } })}
        >
          {t('table.start', { count: preview.data?.reports ?? 0 })}
        </Button>
      </Row>
    </Stack>
  )
}

function MappingGrid({
  headers,
  mapping,
  onChange,
}: {
  headers: readonly string[]
  mapping: TableMapping
  onChange: (mapping: TableMapping) => void
}) {
  const t = useT('report-intake')
  const options = useMemo(
    () => [
      ...(mapping.shape === 'wide' ? [{ value: ITEM, label: t('table.field.item') }] : []),
      ...TABLE_FIELDS.map((value) => ({ value: value as string, label: t(`table.field.${value}`) })),
    ],
    [t, mapping.shape],
  )
  const meaningOf = (header: string) =>
    TABLE_FIELDS.find((field) => mapping.columns[field] === header) ??
    (mapping.items.includes(header) && mapping.shape === 'wide' ? ITEM : undefined)
  const assign = (header: string, meaning: string | undefined) => {
    const columns = Object.fromEntries(
      Object.entries(mapping.columns).filter(([field, of]) => of !== header && field !== meaning),
    )
    const items = mapping.items.filter((item) => item !== header)
    if (meaning === ITEM) items.push(header)
    else if (meaning) columns[meaning as TableField] = header
    onChange({ ...mapping, columns, items })
  }
  return (
    <Columns minPx={240}>
      {headers.map((header) => (
        <label key={header}>
          <div className="pb-hint">{header}</div>
          <Select
            allowClear
            style={{ width: '100%' }}
            aria-label={header}
            placeholder={t('table.notRead')}
            value={meaningOf(header) ?? null}
            onChange={(value: string | null) => assign(header, value ?? undefined)}
            options={options}
          />
        </label>
      ))}
    </Columns>
  )
}

function Preview({ of }: { of: OutputOf<typeof previewTable> }) {
  const t = useT('report-intake')
  const unsure = of.items.filter((item) => !item.sure)
  return (
    <section aria-label={t('table.preview')}>
      <strong>{t('table.preview')}</strong>
      <Facts
        items={[
          [t('table.rowCount'), of.rows],
          [t('table.reports'), of.reports],
          [t('table.results'), of.results],
          [t('table.people'), t('table.peopleOf', of.people)],
          [
            t('table.refused'),
            of.refused.length > 0 ? (
              <Status key="r" tone="due">
                {of.refused
                  .slice(0, 8)
                  .map((row) => `${row.row}：${row.reasons.map((reason) => t(`rowReason.${reason}`)).join('、')}`)
                  .join('；')}
              </Status>
            ) : (
              0
            ),
          ],
          [t('table.items'), t('table.itemsOf', { sure: of.items.length - unsure.length, unsure: unsure.length })],
        ]}
      />
      {unsure.length > 0 && (
        <p className="pb-hint">
          {t('table.unsure', {
            names: unsure
              .slice(0, 12)
              .map((item) => item.name)
              .join('、'),
          })}
        </p>
      )}
    </section>
  )
}
