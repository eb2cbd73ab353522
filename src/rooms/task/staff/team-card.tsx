import { useMemo } from 'react'
import { Card, DataTable, Empty, Go, ProblemAlert, useApi, useT, type Column, type T } from '../../../platform/web/index.ts'
import { getTeam } from '../contract/workbench.ts'

const DAYS = 30

type Person = NonNullable<ReturnType<typeof useApi<typeof getTeam>>['data']>['people'][number]

/** S0-44: who has how much, for the lead; each number leads to its list. */
export function TeamCard() {
  const t = useT('task')
  const { data, error, refetch } = useApi(getTeam, { query: { days: DAYS } })
  const columns = useMemo(() => columnsOf(t, data?.from ?? ''), [t, data?.from])
  return (
    <Card flush title={t('team.title')} extra={<span className="pb-hint">{t('team.hint', { days: DAYS })}</span>}>
      <ProblemAlert problem={error} onRetry={() => void refetch()} />
      {data && (
        <DataTable
          name="task-team"
          label={t('team.title')}
          rows={data.people}
          columns={columns}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          to={({ id }) => `/tasks?scope=department&ownerId=${id}`}
          empty={<Empty title={t('team.empty')} hint={t('team.emptyHint')} />}
        />
      )}
    </Card>
  )
}

function columnsOf(t: T, from: string): Column<Person>[] {
  const list = (person: Person, value: number, state: string) =>
    value === 0 ? '0' : <Go to={`/tasks?scope=department&ownerId=${person.id}&state=${state}${state === 'completed' ? `&closedFrom=${from}` : ''}`}>{value}</Go>
  return [
    { key: 'name', title: t('team.name'), render: ({ name }) => name },
    { key: 'customers', title: t('team.customers'), render: ({ customers }) => customers, number: true },
    { key: 'open', title: t('team.open'), render: (p) => list(p, p.open, 'open'), number: true },
    { key: 'overdue', title: t('desk.overdue'), render: (p) => <span className={p.overdue > 0 ? 'pb-due' : ''}>{list(p, p.overdue, 'overdue')}</span>, number: true },
    { key: 'done', title: t('team.done'), render: (p) => list(p, p.done, 'completed'), number: true },
    { key: 'median', title: t('team.median'), render: ({ medianHours }) => (medianHours === null ? '—' : t('team.hours', { count: medianHours })), number: true },
  ]
}
