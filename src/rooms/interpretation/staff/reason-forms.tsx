import { Input, Radio } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { cancelOrder, endTracking, missOrder, type OrderView } from '../contract/order.ts'
import { CHANGED } from './words.tsx'

interface FormProps {
  order: OrderView
  onClose: () => void
}

function useDone(key: string, onClose: () => void) {
  const t = useT('interpretation')
  const say = useSay()
  return {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t(`said.${key}`))
      onClose()
    },
  }
}

/** Why it is cancelled: the person reads it. */
export function CancelForm({ order, onClose }: FormProps) {
  const t = useT('interpretation')
  const cancel = useAction(cancelOrder, useDone('cancelled', onClose))
  return (
    <DraftForm<{ because: string }>
      name={`interpretation-cancel-${order.id}`}
      schema={cancelOrder.body}
      submit={t('act.cancel')}
      onCancel={onClose}
      onSubmit={(body) => cancel.mutateAsync({ params: { orderId: order.id }, body })}
    >
      <Field name="because" label={t('because.cancel')} required extra={t('because.cancelHint')}>
        <Input autoFocus maxLength={300} placeholder={t('because.cancelSample')} />
      </Field>
    </DraftForm>
  )
}

/** The person was not there. */
export function MissForm({ order, onClose }: FormProps) {
  const t = useT('interpretation')
  const miss = useAction(missOrder, useDone('missed', onClose))
  return (
    <DraftForm<{ note?: string }>
      name={`interpretation-miss-${order.id}`}
      schema={missOrder.body}
      submit={t('act.miss')}
      onCancel={onClose}
      onSubmit={({ note = '' }) => miss.mutateAsync({ params: { orderId: order.id }, body: { note } })}
    >
      <Field name="note" label={t('because.miss')}>
        <Input autoFocus maxLength={300} placeholder={t('because.missSample')} />
      </Field>
    </DraftForm>
  )
}

/** The monthly contact ends: since the person wishes it, or since there is a result. */
export function EndTrackingForm({ order, onClose }: FormProps) {
  const t = useT('interpretation')
  const end = useAction(endTracking, useDone('ended', onClose))
  return (
    <DraftForm<{ because: 'wish' | 'result'; note?: string }>
      name={`interpretation-end-${order.id}`}
      schema={endTracking.body}
      submit={t('act.end-tracking')}
      onCancel={onClose}
      onSubmit={({ because, note = '' }) => end.mutateAsync({ params: { orderId: order.id }, body: { because, note } })}
    >
      <Field name="because" label={t('because.end')} required>
        <Radio.Group
          options={(['wish', 'result'] as const).map((value) => ({ value, label: t(`because.${value}`) }))}
        />
      </Field>
      <Field name="note" label={t('because.note')}>
        <Input maxLength={300} />
      </Field>
    </DraftForm>
  )
}
