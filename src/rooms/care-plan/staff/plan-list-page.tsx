import { z } from 'zod'
import {
  DateText,
  Empty,
  ListPage,
  RelativeDay,
  Status,
  useAddress,
  useApiPages,
  useT,
  type Column,
  type RowOf,
} from '../../../platform/web/index.ts'
import { LIST_FILTERS, listAllPlans } from '../contract/plan.ts'
import { adherenceWords, STATE_TONES } from './words.ts'

type Line = RowOf<typeof listAllPlans>
const filterSchema = z.object({ filter: z.enum(LIST_FILTERS).optional() })

/** 干预方案: what waits for a signature, whose step is due, who finds it hard, what has ended. */
export function PlanListPage() {
  const t = useT('care-plan')
  const [state, change] = useAddress(filterSchema)
  const filter = state.filter ?? 'active'
  const rows = useApiPages(listAllPlans, { query: { filter } as never })
  const columns: Column<Line>[] = [
    { key: 'patient', title: t('list.patient'), render: ({ patient }) => patient.name },
    { key: 'plan', title: t('list.plan'), render: ({ title }) => title },
    {
      key: 'state',
      title: t('list.state'),
      render: (row) => (
        <Status tone={row.waiting ? 'due' : STATE_TONES[row.state]}>
          {row.waiting
            ? t('list.waiting', { name: row.draftedBy ?? '' })
            : row.endReason
              ? t(`endReason.${row.endReason}`)
              : t(`state.${row.state}`)}
        </Status>
      ),
    },
    {
      key: 'adherence',
      title: t('adherence.label'),
      number: true,
      render: (row) => (row.version === null ? '' : adherenceWords(t, row.adherence)),
    },
    { key: 'since', title: t('plan.since'), render: ({ startedOn }) => startedOn && <DateText date={startedOn} /> },
    {
      key: 'step',
      title: t('list.nextStep'),
      render: ({ nextStepOn, state }) => state === 'active' && nextStepOn && <RelativeDay date={nextStepOn} due />,
    },
    { key: 'manager', title: t('team.manager'), render: ({ patient }) => patient.managerName },
  ]
  return (
    <ListPage<Line>
      title={t('nav.plans')}
      hint={t('list.hint')}
      name="care-plans"
      label={t('nav.plans')}
      filters={{
        fields: [
          {
            kind: 'choice',
            key: 'filter',
            label: t('list.filter'),
            options: LIST_FILTERS.map((value) => ({ value, label: t(`filter.${value}`) })),
          },
        ],
        state,
        change: change as never,
      }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={({ patient, title }) => `${patient.name} ${title}`}
      to={({ patient, id }) => `/patients/${patient.id}?tab=care-plan&plan=${id}`}
      empty={<Empty title={t(`listEmpty.${filter}`)} />}
    />
  )
}
