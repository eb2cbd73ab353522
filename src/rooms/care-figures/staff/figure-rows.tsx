import { Radio } from 'antd'
import {
  DataTable,
  DateText,
  Empty,
  Go,
  Stack,
  Status,
  useApiPages,
  useT,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import { careFigureRows, PARTS, type CareFigure, type CareFigureRow } from '../contract/care-figures.ts'
import { endedLine } from './ended.ts'
import type { CareFigures } from './pathways-tab.tsx'
import { ShareText } from './share-text.tsx'

export interface FigureRowsProps {
  figures: CareFigures
  figure: CareFigure
  pathway: string | undefined
  part: (typeof PARTS)[number]
  onPart: (part: (typeof PARTS)[number]) => void
}

/** The follow-ups, plans or people behind a figure. */
export function FigureRows({ figures, figure, pathway, part, onPart }: FigureRowsProps) {
  const t = useT('care-figures')
  const { from, until, scope } = figures
  const line = figures.pathways.find(({ code }) => code === pathway)
  const query = { from, until, scope, figure, part, limit: 50, ...(pathway ? { pathway } : {}) }
  const rows = useApiPages(careFigureRows, { query } as never)
  const share = line
    ? line.figures[figure]
    : figure in figures.board
      ? figures.board[figure as keyof typeof figures.board]
      : figures.total.figures[figure]
  return (
    <Stack>
      {share && <ShareText of={share} large />}
      <p className="pb-hint">{t(`means.${figure}`)}</p>
      {figure === 'lost' && <p>{endedLine(t, line ? line.standing : figures.total.standing)}</p>}
      {scope === 'house' && <p className="pb-hint">{t(line?.mental ? 'rows.mental' : 'rows.masked')}</p>}
      <Radio.Group
        optionType="button"
        size="small"
        value={part}
        aria-label={t('rows.part')}
        onChange={({ target }) => onPart(target.value as FigureRowsProps['part'])}
        options={PARTS.map((value) => ({ value, label: t(`rows.${value}`) }))}
      />
      <DataTable<CareFigureRow>
        name="care-figure-rows"
        label={t(`name.${figure}`)}
        rows={rows as never}
        columns={columnsOf(t, figure)}
        rowKey={({ id }) => id}
        rowName={({ patient }) => patient.name}
        empty={<Empty title={t('rows.none')} />}
      />
    </Stack>
  )
}

/** Where the person's own page tells more. */
const TABS: Partial<Record<CareFigure, string>> = { adherence: 'care-plan', referral: 'identity' }

function columnsOf(t: T, figure: CareFigure): Column<CareFigureRow>[] {
  const isOfPathway = figure !== 'adherence' && figure !== 'referral'
  return [
    {
      key: 'name',
      title: t('rows.name'),
      render: ({ patient }) =>
        patient.id ? (
          <Go to={`/patients/${patient.id}?tab=${TABS[figure] ?? 'follow-up'}`}>{patient.name}</Go>
        ) : (
          patient.name
        ),
    },
    { key: 'on', title: t('rows.on'), render: ({ on }) => <DateText date={on} /> },
    ...(isOfPathway
      ? [
          {
            key: 'pathway',
            title: t('rows.pathway'),
            render: ({ pathway, step }: CareFigureRow) => (step ? `${pathway} · ${step}` : pathway),
          },
        ]
      : []),
    { key: 'how', title: t('rows.how'), render: (row) => howOf(t, figure, row) },
    {
      key: 'counts',
      title: t('rows.counts'),
      render: ({ counts }) => (
        <Status tone={counts && figure !== 'lost' ? 'good' : 'plain'}>{t(counts ? 'rows.yes' : 'rows.no')}</Status>
      ),
    },
  ]
}

function howOf(t: T, figure: CareFigure, { how, percent }: CareFigureRow): string {
  if (percent !== null) return t('rows.percent', { percent })
  return t(figure === 'lost' || figure === 'retention' ? `ended.${how}` : `how.${how}`)
}
