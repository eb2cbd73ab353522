import { Radio } from 'antd'
import { useState } from 'react'
import {
  DataTable,
  DateText,
  Empty,
  InstantText,
  Stack,
  Status,
  useApiPages,
  useT,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import { figureRows, type FigureCode, type FigureRow } from '../contract/figures.ts'
import { clockText } from './words.tsx'

export interface FigureRowsProps {
  figure: FigureCode
  team: string | undefined
  span: { from: string; until: string }
}

/** The calls or follow-ups behind a figure. */
export function FigureRows({ figure, team, span }: FigureRowsProps) {
  const t = useT('call-desk')
  const [part, setPart] = useState<'all' | 'counting'>('all')
  const rows = useApiPages(figureRows, {
    query: { ...span, figure, part, limit: 50, ...(team ? { team } : {}) },
  } as never)
  return (
    <Stack>
      <p className="pb-hint">{t(`figures.means.${figure}`)}</p>
      <Radio.Group
        optionType="button"
        size="small"
        value={part}
        aria-label={t('figures.part')}
        onChange={({ target }) => setPart(target.value as 'all' | 'counting')}
        options={[
          { value: 'all', label: t('figures.partAll') },
          { value: 'counting', label: t('figures.partCounting') },
        ]}
      />
      <DataTable<FigureRow>
        name="call-figure-rows"
        label={t(`figures.name.${figure}`)}
        rows={rows as never}
        columns={columnsOf(t)}
        rowKey={({ id }) => id}
        rowName={({ patient }) => patient.name}
        empty={<Empty title={t('figures.noRows')} />}
      />
    </Stack>
  )
}

function columnsOf(t: T): Column<FigureRow>[] {
  return [
    { key: 'name', title: t('blocks.patient'), render: ({ patient }) => patient.name },
    {
      key: 'at',
      title: t('figures.when'),
      render: ({ at, on }) => (at ? <InstantText at={at} /> : <DateText date={on} />),
    },
    { key: 'outcome', title: t('outcome.title'), render: ({ outcome }) => (outcome ? t(`outcomes.${outcome}`) : '') },
    { key: 'by', title: t('figures.person'), render: ({ by }) => by ?? '' },
    {
      key: 'talk',
      title: t('figure.talk'),
      number: true,
      render: ({ talkSeconds }) => (talkSeconds === null ? '' : clockText(talkSeconds)),
    },
    {
      key: 'counts',
      title: t('figures.counts'),
      render: ({ counts }) => (
        <Status tone={counts ? 'good' : 'plain'}>{t(counts ? 'figures.yes' : 'figures.no')}</Status>
      ),
    },
  ]
}
