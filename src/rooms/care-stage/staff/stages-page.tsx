import { useMemo } from 'react'
import { z } from 'zod'
import {
  DateText,
  Empty,
  ListPage,
  useAddress,
  useApiPages,
  useGo,
  useT,
  type Column,
  type FilterField,
  type RowOf,
  type T,
} from '../../../platform/web/index.ts'
import { listStages } from '../contract/care-stage.ts'
import { STAGES, stage } from '../contract/words.ts'

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
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'stage',
      label: t('board.stage'),
      options: STAGES.map((value) => ({ value, label: t(`stage.${value}`) })),
    },
  ]
  return (
    <ListPage<Line>
      title={`${t('nav.stages')} · ${t(`stage.${filter.stage ?? 'discharge'}`)}`}
      hint={t('board.hint')}
      name="care-stages"
      label={t('board.label')}
      filters={{ fields, state: filter, change: change as never }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ patient }) => patient.name}
      onOpen={(row) => go(pathOf(row))}
      empty={<Empty title={t('board.empty')} />}
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
