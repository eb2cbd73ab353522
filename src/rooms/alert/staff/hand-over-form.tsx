import { Input, Select } from 'antd'
import { DraftForm, Field, useAction, useApi, useMe, useSay, useT } from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { handOverAlert } from '../contract/alert.ts'
import type { AlertView } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { mayHandle } from './colleagues.ts'

/** Gives the alert to a colleague with what they should know; `toMe` takes it over from one. */
export function HandOverForm({
  alert,
  onClose,
  toMe = false,
}: {
  alert: AlertView
  onClose: () => void
  toMe?: boolean
}) {
  const t = useT('alert')
  const say = useSay()
  const me = useMe()
  const { data } = useApi(listDirectory, { query: { limit: 500 } as never })
  const handOver = useAction(handOverAlert, {
    invalidates: CHANGED_BY_ACT,
    onDone: ({ handler }) => {
      say.done(toMe ? t('handOver.taken') : t('handOver.said', { name: handler?.name ?? '' }))
      onClose()
    },
  })
  const options = (data?.staff ?? [])
    .filter(({ id, roles }) => mayHandle(roles) && id !== alert.handler?.id)
    .map(({ id, name }) => ({ value: id as string, label: name }))
  return (
    <DraftForm<{ toId?: string; note: string }>
      name={`alert-hand-over-${alert.id}-${String(toMe)}`}
      submit={t(toMe ? 'act.take-over' : 'act.hand-over')}
      onCancel={onClose}
      onSubmit={({ toId, note }) =>
        handOver.mutateAsync({ params: { alertId: alert.id }, body: { toId: (toMe ? me.id : toId) as never, note } })
      }
    >
      {!toMe && (
        <Field name="toId" label={t('handOver.to')} required>
          <Select options={options} showSearch={{ optionFilterProp: 'label' }} placeholder={t('handOver.pick')} />
        </Field>
      )}
      <Field name="note" label={t(toMe ? 'handOver.because' : 'handOver.note')} required>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} placeholder={t('handOver.placeholder')} />
      </Field>
    </DraftForm>
  )
}
