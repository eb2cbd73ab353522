import { Card, DataTable, Empty, Go, useT, type Column } from '../../../platform/web/index.ts'
import type { ReadingLine } from '../contract/readership.ts'

type Line = Omit<ReadingLine, 'template' | 'name'>
export const MEASURES = ['delivered', 'raw', 'seen', 'clicked'] as const
export type Measure = (typeof MEASURES)[number]

/** Figures by template and together; each says what it means and, for whoever may see them, opens the people it counts. */
export function ReadingTable({
  lines,
  total,
  linkOf,
}: {
  lines: readonly ReadingLine[]
  total: Line | null
  linkOf?: (template: string, of: Measure) => string
}) {
  const t = useT('readership')
  const rows: ReadingLine[] =
    lines.length > 1 && total ? [...lines, { ...total, template: '', name: t('reading.all') }] : [...lines]
  const columns: Column<ReadingLine>[] = [
    { key: 'template', title: t('reading.template'), render: ({ name }) => name },
    ...MEASURES.map((of): Column<ReadingLine> => ({
      key: of,
      title: t(`reading.${of}`),
      number: true,
      render: (line) => {
        const figure = of === 'delivered' ? line.delivered : <ShareText of={line[of]} />
        return linkOf && line.template ? <Go to={linkOf(line.template, of)}>{figure}</Go> : figure
      },
    })),
  ]
  return (
    <>
      <Card flush>
        <DataTable
          name="reading"
          label={t('reading.title')}
          rows={rows}
          columns={columns}
          rowKey={({ template }) => template}
          rowName={({ name }) => name}
          empty={<Empty title={t('reading.empty')} />}
        />
      </Card>
      <dl className="pb-hint">
        {MEASURES.map((of) => (
          <div key={of}>
            <dt style={{ display: 'inline' }}>
              <strong>{t(`reading.${of}`)}</strong>
            </dt>{' '}
            <dd style={{ display: 'inline', margin: 0 }}>{t(`reading.what.${of}`)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function ShareText({ of: { count, n, share, low, high } }: { of: ReadingLine['raw'] }) {
  const t = useT('readership')
  if (share === null || low === null || high === null) return <span>{t('reading.few', { count, n })}</span>
  return (
    <span>
      {percent(share)}
      <br />
      <small className="pb-hint">{t('reading.interval', { low: percent(low), high: percent(high) })}</small>
    </span>
  )
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
