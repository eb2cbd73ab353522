import { Button } from 'antd'
import { Card, DataTable, Empty, Stack, useT, type Column, type T } from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import type { CareFigure, getCareFigures, PathwayFigure, PathwayLine } from '../contract/care-figures.ts'
import { ShareText } from './share-text.tsx'
import { endedLine } from './ended.ts'

export type CareFigures = OutputOf<typeof getCareFigures>
export interface FiguresProps {
  figures: CareFigures
  onOpen: (figure: CareFigure, pathway?: string) => void
}

/** Of all together; control is told by pathway alone. */
const TOGETHER = ['coverage', 'connect', 'consent', 'completion', 'onTime', 'lost'] as const

/** 各路径: each figure with its definition, its counts and its interval, together and by pathway. */
export function PathwaysTab({ figures, onOpen }: FiguresProps) {
  const t = useT('care-figures')
  const { total, pathways } = figures
  if (pathways.length === 0) return <Empty title={t('empty')} hint={t('emptyHint')} />
  return (
    <Stack>
      <div className="cf-grid">
        {TOGETHER.map((code) => {
          const of = total.figures[code] ?? { count: 0, n: 0, share: null, low: null, high: null }
          return (
            <section key={code} className="pb-card" aria-label={t(`name.${code}`)}>
              <h2>{t(`name.${code}`)}</h2>
              <ShareText of={of} large />
              <p className="pb-hint">{t(`means.${code}`)}</p>
              {code === 'lost' && <p>{endedLine(t, total.standing)}</p>}
              <OpenButtons figure={code} of={of} onOpen={onOpen} />
            </section>
          )
        })}
      </div>
      <Control figures={figures} onOpen={onOpen} />
      <Card title={t('byPathway')} flush>
        <DataTable<PathwayLine>
          name="care-pathways"
          label={t('byPathway')}
          rows={pathways}
          columns={columnsOf(t, onOpen)}
          rowKey={({ code }) => code}
          rowName={({ name }) => name}
          empty={<Empty title={t('empty')} />}
        />
      </Card>
    </Stack>
  )
}

export function OpenButtons({
  figure,
  of,
  pathway,
  onOpen,
}: {
  figure: CareFigure
  of: { count: number; n: number }
  pathway?: string
  onOpen: FiguresProps['onOpen']
}) {
  const t = useT('care-figures')
  if (of.n === 0) return null
  return (
    <div className="cf-open">
      <Button type="link" size="small" style={{ padding: 0 }} onClick={() => onOpen(figure, pathway)}>
        {t('open', { count: of.n })}
      </Button>
    </div>
  )
}

function Control({ figures: { pathways }, onOpen }: FiguresProps) {
  const t = useT('care-figures')
  const judged = pathways.filter(({ figures }) => figures.control)
  return (
    <Card title={t('controlTitle')}>
      <p className="pb-hint">{t('means.control')}</p>
      {judged.length === 0 && <p>{t('controlNone')}</p>}
      <div className="cf-grid">
        {judged.map(({ code, name, figures, standing }) => {
          const of = figures.control!
          const ran = Object.values(standing).reduce((total, count) => total + count, 0)
          return (
            <section key={code} aria-label={name}>
              <h3>{name}</h3>
              <ShareText of={of} large />
              <p className="pb-hint">{t('controlManaged', { ran, unseen: Math.max(0, ran - of.n) })}</p>
              <OpenButtons figure="control" of={of} pathway={code} onOpen={onOpen} />
            </section>
          )
        })}
      </div>
    </Card>
  )
}

const COLUMNS: readonly PathwayFigure[] = ['coverage', 'connect', 'consent', 'completion', 'onTime', 'control', 'lost']

function columnsOf(t: T, onOpen: FiguresProps['onOpen']): Column<PathwayLine>[] {
  return [
    { key: 'name', title: t('pathway'), render: ({ name }) => name },
    ...COLUMNS.map((figure): Column<PathwayLine> => ({
      key: figure,
      title: t(`name.${figure}`),
      render: ({ code, figures }) => {
        const of = figures[figure]
        if (!of) return '–'
        return (
          <button type="button" className="cf-cell" onClick={() => onOpen(figure, code)}>
            <ShareText of={of} />
          </button>
        )
      },
    })),
  ]
}
