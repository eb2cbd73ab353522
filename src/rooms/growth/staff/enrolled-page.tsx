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
  type T,
} from '../../../platform/web/index.ts'
import { listEnrolled, type EnrolledRow } from '../contract/growth.ts'
import { tenth } from './words.ts'

const filterSchema = z.object({ due: z.enum(['now']).optional() })

/** 长高管理: the children in the programme, whoever is to be measured first. */
export function EnrolledPage() {
  const t = useT('growth')
  const [filter, change] = useAddress(filterSchema)
  const rows = useApiPages(listEnrolled, { query: filter })
  return (
    <ListPage<EnrolledRow>
      title={t('nav.programme')}
      hint={t('list.hint')}
      name="growth"
      label={t('list.label')}
      filters={{
        fields: [
          { kind: 'choice', key: 'due', label: t('list.due'), options: [{ value: 'now', label: t('list.dueNow') }] },
        ],
        state: filter,
        change: change as never,
      }}
      rows={rows}
      columns={columnsOf(t)}
      rowKey={({ enrolmentId }) => enrolmentId}
      rowName={({ name }) => name}
      to={({ patientId }) => `/patients/${patientId}?tab=growth`}
      empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
    />
  )
}

function columnsOf(t: T): Column<EnrolledRow>[] {
  return [
    {
      key: 'name',
      title: t('list.name'),
      render: (row) => (
        <>
          <strong>{row.name}</strong>{' '}
          <span className="pb-hint">
            {t(`child.${row.sex}`)} {row.ageYears !== null && t('age.years', { years: row.ageYears })}
          </span>
        </>
      ),
    },
    { key: 'next', title: t('list.next'), render: ({ nextOn }) => <RelativeDay date={nextOn} due />, card: 'aside' },
    {
      key: 'last',
      title: t('list.last'),
      render: ({ lastHeightCm, lastOn }) =>
        lastHeightCm === null ? (
          <span className="pb-hint">{t('list.never')}</span>
        ) : (
          <>
            <span className="pb-number">{tenth(lastHeightCm)} cm</span>{' '}
            <span className="pb-hint">
              <DateText date={lastOn} />
            </span>
          </>
        ),
    },
    {
      key: 'items',
      title: t('list.items'),
      render: ({ openItems, overdueItems }) => (
        <>
          {t('list.open', { count: openItems })}{' '}
          {overdueItems > 0 && <Status tone="due">{t('list.overdue', { count: overdueItems })}</Status>}
        </>
      ),
    },
    {
      key: 'consent',
      title: t('list.consent'),
      render: ({ consent }) => (
        <Status tone={consent === 'wanting' ? 'due' : 'good'}>{t(`standing.${consent}`)}</Status>
      ),
    },
    { key: 'manager', title: t('list.manager'), render: ({ managerName }) => managerName ?? '' },
  ]
}
