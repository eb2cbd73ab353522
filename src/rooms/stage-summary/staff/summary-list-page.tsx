import { z } from 'zod'
import {
  DateText,
  Empty,
  InstantText,
  ListPage,
  RelativeDay,
  Status,
  useAddress,
  useApiPages,
  useT,
  type Column,
  type RowOf,
} from '../../../platform/web/index.ts'
import { listAllSummaries, SUMMARY_FILTERS, type SummaryFilter } from '../contract/list.ts'
import { STATE_TONES } from './states.ts'

type Line = RowOf<typeof listAllSummaries>
const filterSchema = z.object({ filter: z.enum(SUMMARY_FILTERS).optional() })

/** 阶段总结: what waits for a signature, what is being written, whose next one is due, what was sent and read. */
export function SummaryListPage() {
  const t = useT('stage-summary')
  const [state, change] = useAddress(filterSchema)
  const filter = state.filter ?? 'waiting'
  const rows = useApiPages(listAllSummaries, { query: { filter } as never })
  return (
    <ListPage<Line>
      title={t('nav.summaries')}
      hint={t('all.hint')}
      name={`stage-summaries-${filter}`}
      label={t('nav.summaries')}
      filters={{
        fields: [
          {
            kind: 'choice',
            key: 'filter',
            label: t('all.filter'),
            options: SUMMARY_FILTERS.map((value) => ({ value, label: t(`filter.${value}`) })),
          },
        ],
        state,
        change: change as never,
      }}
      rows={rows}
      columns={useColumns(filter)}
      rowKey={({ key }) => key}
      rowName={({ patient }) => patient.name}
      to={({ patient, summary }) =>
        `/patients/${patient.id}?tab=stage-summary${summary ? `&summary=${summary.id}` : ''}`
      }
      empty={<Empty title={t(`allEmpty.${filter}`)} />}
    />
  )
}

function useColumns(filter: SummaryFilter): Column<Line>[] {
  const t = useT('stage-summary')
  const patient: Column<Line> = { key: 'patient', title: t('all.patient'), render: (row) => row.patient.name }
  const manager: Column<Line> = { key: 'manager', title: t('all.manager'), render: (row) => row.patient.managerName }
  const doctor: Column<Line> = { key: 'doctor', title: t('all.doctor'), render: (row) => row.patient.doctorName }
  if (filter === 'due')
    return [
      patient,
      { key: 'due', title: t('all.due'), render: ({ dueOn }) => dueOn && <RelativeDay date={dueOn} due /> },
      doctor,
      manager,
    ]
  const period: Column<Line> = {
    key: 'period',
    title: t('list.period'),
    render: ({ summary }) =>
      summary && (
        <>
          <DateText date={summary.fromOn} /> – <DateText date={summary.untilOn} />
        </>
      ),
  }
  const at = (key: 'draftedAt' | 'submittedAt' | 'signedAt' | 'sentAt'): Column<Line> => ({
    key,
    title: t(`all.${key}`),
    render: ({ summary }) => summary?.[key] && <InstantText at={summary[key]} />,
  })
  const by = (key: 'draftedBy' | 'signedBy'): Column<Line> => ({
    key,
    title: t(`all.${key}`),
    render: ({ summary }) => summary?.[key],
  })
  if (filter === 'waiting') return [patient, period, at('submittedAt'), by('draftedBy'), doctor]
  if (filter === 'draft') return [patient, period, at('draftedAt'), by('draftedBy'), manager]
  if (filter === 'unsent') return [patient, period, at('signedAt'), by('signedBy'), manager]
  return [
    patient,
    period,
    at('sentAt'),
    {
      key: 'read',
      title: t('all.read'),
      render: ({ summary }) =>
        summary?.readAt ? (
          <>
            <Status tone={STATE_TONES.signed}>{t('all.isRead')}</Status> <InstantText at={summary.readAt} />
          </>
        ) : (
          <Status tone="due">{t('all.unread')}</Status>
        ),
    },
    by('signedBy'),
    manager,
  ]
}
