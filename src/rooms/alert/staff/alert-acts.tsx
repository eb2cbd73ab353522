import { Button } from 'antd'
import { useState } from 'react'
import { Card, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { acknowledgeAlert } from '../contract/alert.ts'
import type { Act, AlertView } from '../contract/words.ts'
import { AttemptForm } from './attempt-form.tsx'
import { CHANGED_BY_ACT } from './changed.ts'
import { CloseForm } from './close-form.tsx'
import { HandOverForm } from './hand-over-form.tsx'

type Asking = Exclude<Act, 'acknowledge'>

/** What one may do with the alert now; the next step stands first. */
export function AlertActs({ alert }: { alert: AlertView }) {
  const t = useT('alert')
  const say = useSay()
  const may = (act: Act) => alert.can.includes(act)
  const [asking, setAsking] = useState<Asking>()
  const acknowledge = useAction(acknowledgeAlert, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => say.done(t('said.acknowledged')),
  })
  if (alert.can.length === 0) return null
  const close = () => setAsking(undefined)
  if (asking)
    return (
      <Card title={t(`act.${asking}`)}>
        {asking === 'attempt' && <AttemptForm alert={alert} onClose={close} />}
        {asking === 'hand-over' && <HandOverForm alert={alert} onClose={close} />}
        {asking === 'take-over' && <HandOverForm alert={alert} onClose={close} toMe />}
        {asking === 'close' && <CloseForm alert={alert} onClose={close} />}
      </Card>
    )
  const first: Asking = alert.state === 'reached' ? 'close' : 'attempt'
  const order = ([first, 'attempt', 'close', 'hand-over', 'take-over'] as const).filter(
    (act, place, all) => may(act) && all.indexOf(act) === place,
  )
  return (
    <div className="pb-stack pb-stack-tight">
      {may('take-over') && (
        <span className="pb-hint">{t('drawer.inHandsOf', { name: alert.handler?.name ?? '' })}</span>
      )}
      <div className="pb-row">
        {may('acknowledge') && (
          <Button
            type="primary"
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate({ params: { alertId: alert.id } }, { onError: say.problem })}
          >
            {t('act.acknowledge')}
          </Button>
        )}
        {order.map((act) => (
          <Button key={act} type={act === first ? 'primary' : 'default'} onClick={() => setAsking(act)}>
            {t(`act.${act}`)}
          </Button>
        ))}
      </div>
    </div>
  )
}
