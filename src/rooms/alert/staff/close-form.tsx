import { Form, Input, Radio } from 'antd'
import { DateInput, DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { closeAlert } from '../contract/alert.ts'
import type { AlertView, Result } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Closing {
  result: Result
  text: string
  on?: string | null
}

/** Closed with a result and with words for it; without both it stays open. */
export function CloseForm({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const t = useT('alert')
  const say = useSay()
  const [form] = Form.useForm<Closing>()
  const result = Form.useWatch('result', form)
  const close = useAction(closeAlert, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('close.said'))
      onClose()
    },
  })
  return (
    <DraftForm<Closing>
      name={`alert-close-${alert.id}`}
      form={form}
      schema={closeAlert.body}
      submit={t('act.close')}
      onCancel={onClose}
      onSubmit={({ on = null, ...body }) => close.mutateAsync({ params: { alertId: alert.id }, body: { ...body, on } })}
    >
      <Field name="result" label={t('close.result')} required extra={t('close.textHint')}>
        <Radio.Group options={alert.results.map((value) => ({ value, label: t(`result.${value}`) }))} />
      </Field>
      <Field name="text" label={t('close.text')} required extra={result && t(`resultHint.${result}`)}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} placeholder={t('close.placeholder')} />
      </Field>
      <Field name="on" label={t('close.on')}>
        <DateInput />
      </Field>
    </DraftForm>
  )
}
