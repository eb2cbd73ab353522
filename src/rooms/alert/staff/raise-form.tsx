import { Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, useAction, useSay, useT, requestId } from '../../../platform/web/index.ts'
import { raiseByHand } from '../contract/alert.ts'
import { CLASSES, KINDS, type AlertClass, type AlertKind } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Finding {
  kind: AlertKind
  class: AlertClass
  title: string
  note?: string
}

/** 上报: what no rule sees, such as a finding of an image. Sent twice it is one. */
export function RaiseForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT('alert')
  const say = useSay()
  const [key] = useState(requestId)
  const [form] = Form.useForm<Finding>()
  const kind = (Form.useWatch('kind', form) as AlertKind | undefined) ?? 'result'
  const raise = useAction(raiseByHand, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('raise.said'))
      onClose()
    },
  })
  return (
    <DraftForm<Finding>
      name={`alert-raise-${patientId}`}
      form={form}
      initial={{ kind: 'result', class: 'A' }}
      submit={t('raise.submit')}
      onCancel={onClose}
      onSubmit={(body) => raise.mutateAsync({ params: { patientId: patientId as never }, body: { ...body, key } })}
    >
      <Field name="kind" label={t('raise.kind')} required>
        <Radio.Group options={KINDS.map((value) => ({ value, label: t(`raise.kinds.${value}`) }))} />
      </Field>
      <Field name="class" label={t('column.class')} required>
        <Radio.Group options={CLASSES.map((value) => ({ value, label: t(`classLong.${value}`) }))} />
      </Field>
      <Field name="title" label={t('raise.what')} required>
        <Input maxLength={120} placeholder={t(`raise.placeholders.${kind}`)} />
      </Field>
      <Field name="note" label={t('raise.note')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Field>
    </DraftForm>
  )
}
