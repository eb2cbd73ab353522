import { useMemo } from 'react'
import { z } from 'zod'
import {
  Empty,
  flag,
  InstantText,
  ListPage,
  RelativeDay,
  useAddress,
  useApiPages,
  useGo,
  useT,
  type Column,
  type FilterField,
  type T,
} from '../../../platform/web/index.ts'
import { listNodules, VIEWS, type View } from '../contract/nodule.ts'
import { ORGANS, type NoduleLine } from '../contract/words.ts'
import { GradeBadge, nameOf, WaitingMark } from './words.tsx'

const filterSchema = z.object({
  view: z.enum(VIEWS).optional(),
  organ: z.enum(ORGANS).optional(),
  mine: flag(),
})
const EMPTY: Record<View, string> = {
  due: 'board.emptyDue',
  overdue: 'board.emptyOverdue',
  waiting: 'board.emptyWaiting',
  planned: 'board.emptyPlanned',
  closed: 'board.emptyClosed',
}

const pathOf = ({ id, patient }: NoduleLine) => `/patients/${patient.id}?tab=nodules&nodule=${id}`

/** 结节管理: whose nodules are due, late, or wait for a physician; what has ended, with its result. */
export function NodulesPage() {
  const t = useT('nodule')
  const go = useGo()
  const [filter, change] = useAddress(filterSchema)
  const view = filter.view ?? 'due'
  const { mine, ...rest } = filter
  const rows = useApiPages(listNodules, { query: { ...rest, view, ...(mine ? { mine: 'true' } : {}) } as never })
  const columns = useMemo(() => columnsOf(t, view), [t, view])
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'view',
      label: t('filter.view'),
      options: VIEWS.map((value) => ({ value, label: t(`view.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'organ',
      label: t('filter.organ'),
      options: ORGANS.map((value) => ({ value, label: t(`organ.${value}`) })),
    },
    { kind: 'flag', key: 'mine', label: t('filter.mine') },
  ]
  return (
    <ListPage<NoduleLine>
      title={t('nav.nodules')}
      hint={t('board.hint')}
      name="nodules"
      label={t('board.label')}
      filters={{ fields, state: filter, change: change as never }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={(row) => `${row.patient.name} ${nameOf(t, row)}`}
      onOpen={(row) => go(pathOf(row))}
      empty={<Empty title={t(EMPTY[view])} hint={view === 'due' ? t('board.emptyHint') : undefined} />}
    />
  )
}

function columnsOf(t: T, view: View): Column<NoduleLine>[] {
  const closed = view === 'closed'
  return [
    { key: 'patient', title: t('column.patient'), render: (row) => <Person row={row} /> },
    { key: 'nodule', title: t('column.nodule'), render: (row) => nameOf(t, row) },
    { key: 'category', title: t('column.category'), render: (row) => <GradeBadge grade={row.grade} /> },
    {
      key: 'size',
      title: t('column.size'),
      number: true,
      render: ({ longMm }) => (longMm === null ? '' : `${longMm} mm`),
    },
    { key: 'scan', title: t('column.scan'), render: ({ lastScanOn }) => lastScanOn, card: 'hide' },
    ...(closed
      ? [
          {
            key: 'result',
            title: t('column.result'),
            render: ({ result }: NoduleLine) => result && t(`result.${result}`),
          },
          {
            key: 'closed',
            title: t('column.closed'),
            render: ({ closedAt }: NoduleLine) => <InstantText at={closedAt} />,
          },
        ]
      : [
          { key: 'due', title: t('column.due'), render: (row: NoduleLine) => <Due row={row} /> },
          {
            key: 'state',
            title: t('column.state'),
            render: (row: NoduleLine) => <WaitingMark nodule={row} />,
            card: view === 'waiting' ? ('line' as const) : ('hide' as const),
          },
        ]),
    { key: 'manager', title: t('column.manager'), render: ({ patient }) => patient.managerName ?? '', card: 'hide' },
  ]
}

function Person({ row }: { row: NoduleLine }) {
  const t = useT('nodule')
  const { name, sex, ageYears } = row.patient
  const known = sex === 'male' || sex === 'female' ? t(`sex.${sex}`) : ''
  const age = ageYears === null ? '' : t('age', { count: ageYears })
  return (
    <span className="pb-nowrap">
      {name} <span className="pb-hint pb-number">{[known, age].filter(Boolean).join(' ')}</span>
    </span>
  )
}

function Due({ row }: { row: NoduleLine }) {
  const t = useT('nodule')
  if (!row.dueOn) return <span className="pb-hint">{t('card.noDate')}</span>
  return (
    <>
      {row.recheckKind === 'refer' && <span className="pb-hint">{t('card.referBy')} </span>}
      <RelativeDay date={row.dueOn} due />
    </>
  )
}
