import { Input, Radio } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, useAction, useSay, useT, requestId } from '../../../platform/web/index.ts'
import { raiseByHand } from '../contract/alert.ts'
import { CLASSES, type AlertClass } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Finding {
  class: AlertClass
  title: string
  note?: string
}

/** 上报: what no rule sees, such as a finding of an image. Sent twice it is one. */
export function RaiseForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT('alert')
  const say = useSay()
  const [key] = useState(requestId)
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
      initial={{ class: 'A' }}
      submit={t('raise.submit')}
      onCancel={onClose}
      onSubmit={(body) => raise.mutateAsync({ params: { patientId: patientId as never }, body: { ...body, key } })}
    >
      <Field name="class" label={t('column.class')} required>
        <Radio.Group options={CLASSES.map((value) => ({ value, label: t(`classLong.${value}`) }))} />
      </Field>
      <Field name="title" label={t('raise.what')} required>
        <Input maxLength={120} placeholder={t('raise.placeholder')} />
      </Field>
      <Field name="note" label={t('raise.note')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Field>
    </DraftForm>
  )
}
