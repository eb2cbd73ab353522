import { useMemo } from 'react'
import { z } from 'zod'
import {
  DateText,
  Empty,
  ListPage,
  TabSet,
  useAddress,
  useApiPages,
  useGo,
  useT,
  type Column,
  type RowOf,
  type T,
} from '../../../platform/web/index.ts'
import { listStages } from '../contract/care-stage.ts'
import { STAGES, stage, type Stage } from '../contract/words.ts'

const filterSchema = z.object({ stage: stage.optional() })
type Line = RowOf<typeof listStages>
const pathOf = ({ patient }: Line) => `/patients/${patient.id}?tab=stage`

/** 就医阶段: who stands where, and for how long. */
export function StagesPage() {
  const t = useT('care-stage')
  const go = useGo()
  const [filter, change] = useAddress(filterSchema)
  const rows = useApiPages(listStages, { query: { stage: filter.stage ?? 'discharge' } as never })
  const columns = useMemo(() => columnsOf(t), [t])
  return (
    <ListPage<Line>
      title={t('nav.stages')}
      hint={t('board.hint')}
      above={
        <TabSet
          label={t('board.stage')}
          items={STAGES.map((key) => ({ key, label: t(`stage.${key}`) }))}
          active={filter.stage ?? 'discharge'}
          onChange={(key) => change({ stage: key as Stage })}
        />
      }
      name="care-stages"
      label={t('board.label')}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ patient }) => patient.name}
      onOpen={(row) => go(pathOf(row))}
      empty={<Empty title={t('board.empty')} hint={t('board.emptyHint')} />}
    />
  )
}

function columnsOf(t: T): Column<Line>[] {
  return [
    { key: 'patient', title: t('board.patient'), render: ({ patient }) => patient.name },
    { key: 'days', title: t('board.days'), number: true, render: ({ days }) => t('board.daysValue', { count: days }) },
    { key: 'entered', title: t('board.entered'), render: ({ enteredOn }) => <DateText date={enteredOn} /> },
    { key: 'by', title: t('board.by'), render: ({ by }) => by, card: 'hide' },
    { key: 'manager', title: t('board.manager'), render: ({ patient }) => patient.managerName ?? '' },
  ]
}
