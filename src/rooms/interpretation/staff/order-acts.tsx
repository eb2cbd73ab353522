import { Button } from 'antd'
import { useState } from 'react'
import { Card, useGo, useT } from '../../../platform/web/index.ts'
import type { OrderView } from '../contract/order.ts'
import type { OrderAct } from '../contract/words.ts'
import { ChooseTimes } from './choose-times.tsx'
import { CancelForm, EndTrackingForm, MissForm } from './reason-forms.tsx'

/** What one may do with it now; the next step stands first. */
export function OrderActs({ order }: { order: OrderView }) {
  const t = useT('interpretation')
  const go = useGo()
  const [asking, setAsking] = useState<OrderAct>()
  const close = () => setAsking(undefined)
  if (order.can.length === 0) return null
  if (asking === 'offer' || asking === 'book')
    return (
      <Card title={t(`choose.title.${asking}`)}>
        <ChooseTimes order={order} act={asking} onClose={close} />
      </Card>
    )
  if (asking)
    return (
      <Card title={t(`act.${asking}`)}>
        {asking === 'cancel' && <CancelForm order={order} onClose={close} />}
        {asking === 'miss' && <MissForm order={order} onClose={close} />}
        {asking === 'end-tracking' && <EndTrackingForm order={order} onClose={close} />}
      </Card>
    )
  return (
    <div className="pb-row">
      {order.can.map((act, at) => (
        <Button
          key={act}
          type={at === 0 ? 'primary' : 'default'}
          onClick={() => (act === 'talk' || act === 'correct' ? go(`/interpretations/${order.id}`) : setAsking(act))}
        >
          {t(act === 'book' && order.state === 'booked' ? 'act.move' : `act.${act}`)}
        </Button>
      ))}
    </div>
  )
}
