import { Alert } from 'antd'
import { Fragment, useMemo, useState } from 'react'
import { z } from 'zod'
import {
  Empty,
  flag,
  Go,
  ListPage,
  useAction,
  useAddress,
  useApi,
  useApiPages,
  useCan,
  useOpened,
  useSay,
  useT,
  type FilterField,
} from '../../../platform/web/index.ts'
import { acknowledgeAlert, listAlerts } from '../contract/alert.ts'
import { listDuty } from '../contract/duty.ts'
import { CLASSES, type AlertLine } from '../contract/words.ts'
import { AlertDrawer } from './alert-drawer.tsx'
import { titleOf } from './alert-words.tsx'
import { CHANGED_BY_ACT } from './changed.ts'
import { useNow } from './clock.tsx'
import { alertColumns } from './columns.tsx'

/** A result that has come is seen without a click. */
const LOOK_EVERY_MS = 5000
const STATES = ['open', 'closed'] as const
const filterSchema = z.object({
  state: z.enum(STATES).optional(),
  class: z.enum(CLASSES).optional(),
  mine: flag(),
})

/** 重要异常: who waits, how long still, and what is to be done next. */
export function AlertsPage() {
  const t = useT('alert')
  const say = useSay()
  const now = useNow()
  const [filter, change] = useAddress(filterSchema)
  const opened = useOpened('alert')
  const closed = filter.state === 'closed'
  const { mine, ...rest } = filter
  const query = { ...rest, ...(mine ? { mine: 'true' } : {}) }
  const rows = useApiPages(listAlerts, { query: query as never }, { everyMs: LOOK_EVERY_MS })
  const acknowledge = useAction(acknowledgeAlert, { invalidates: CHANGED_BY_ACT })
  const [busy, setBusy] = useState<string>()
  const columns = useMemo(() => {
    const onOpen = ({ id }: AlertLine) => opened.open(id)
    const onAcknowledge = (alert: AlertLine) => {
      setBusy(alert.id)
      acknowledge.mutate(
        { params: { alertId: alert.id } },
        {
          onSuccess: () => {
            say.done(t('said.acknowledged'))
            opened.open(alert.id)
          },
          onError: say.problem,
          onSettled: () => setBusy(undefined),
        },
      )
    }
    return alertColumns(t, { now, closed, busy, onAcknowledge, onOpen })
  }, [t, now, closed, busy, opened, acknowledge, say])
  const fields: FilterField[] = [
    {
      kind: 'choice',
      key: 'state',
      label: t('filter.state'),
      options: STATES.map((value) => ({ value, label: t(`stateFilter.${value}`) })),
    },
    {
      kind: 'choice',
      key: 'class',
      label: t('filter.class'),
      options: CLASSES.map((value) => ({ value, label: t(`class.${value}`) })),
    },
    { kind: 'flag', key: 'mine', label: t('filter.mine') },
  ]
  return (
    <ListPage<AlertLine>
      title={t('nav.alerts')}
      hint={t('board.hint')}
      above={<OnDuty />}
      name="alerts"
      label={t('board.label')}
      filters={{ fields, state: filter, change: change as never }}
      rows={rows}
      columns={columns}
      rowKey={({ id }) => id}
      rowName={(alert) => `${alert.patient.name} ${titleOf(alert)}`}
      onOpen={({ id }) => opened.open(id)}
      empty={
        closed ? (
          <Empty title={t('board.emptyClosed')} />
        ) : (
          <Empty title={t('board.empty')} hint={t('board.emptyHint')} />
        )
      }
    >
      <AlertDrawer alertId={opened.id} onClose={opened.close} />
    </ListPage>
  )
}

/** Who is told now; nobody is said in red, since then everybody is. */
function OnDuty() {
  const t = useT('alert')
  const mayPlan = useCan('alert.duty')
  const { data } = useApi(listDuty, { query: { days: 1 } as never })
  if (!data) return null
  const plan = mayPlan && <Go to="/alert-settings?tab=duty">{t('board.plan')}</Go>
  if (data.now.length === 0) return <Alert type="error" showIcon title={t('board.nobodyOnDuty')} action={plan} />
  return (
    <p className="pb-hint">
      {t('board.onDuty')}{' '}
      {data.now.map(({ id, staff, phone }) => (
        <Fragment key={id}>
          <span className="pb-nowrap">
            <strong>{staff.name}</strong> {phone}
          </span>{' '}
        </Fragment>
      ))}
      {plan}
    </p>
  )
}
