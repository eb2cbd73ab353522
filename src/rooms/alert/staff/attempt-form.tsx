import { Form, Input, Radio, Select } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { noteAttempt } from '../contract/alert.ts'
import { ATTEMPT_OUTCOMES, RELATIONS, type AlertView, type AttemptOutcome, type Relation } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'

interface Tried {
  outcome: AttemptOutcome
  relation: Relation
  personName?: string
  phone?: string
  readBack?: string
  note?: string
}

/** A try to reach the person. Whoever was told reads back what they heard, and that is written down. */
export function AttemptForm({ alert, onClose }: { alert: AlertView; onClose: () => void }) {
  const t = useT('alert')
  const say = useSay()
  const [form] = Form.useForm<Tried>()
  const outcome = Form.useWatch('outcome', form)
  const relation = Form.useWatch('relation', form)
  const note = useAction(noteAttempt, {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(t('attempt.said'))
      onClose()
    },
  })
  const { phoneMasked } = alert.patient
  return (
    <DraftForm<Tried>
      name={`alert-attempt-${alert.id}`}
      form={form}
      initial={{ outcome: 'reached', relation: 'self' }}
      schema={noteAttempt.body}
      submit={t('attempt.save')}
      onCancel={onClose}
      onSubmit={(body) => note.mutateAsync({ params: { alertId: alert.id }, body })}
    >
      <Field name="outcome" label={t('attempt.outcome')} required>
        <Radio.Group options={ATTEMPT_OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      </Field>
      <Field name="relation" label={t('attempt.relation')} required>
        <Select options={RELATIONS.map((value) => ({ value, label: t(`relation.${value}`) }))} />
      </Field>
      {relation !== 'self' && (
        <Field name="personName" label={t('attempt.personName')} required={outcome === 'reached'}>
          <Input maxLength={60} />
        </Field>
      )}
      {outcome === 'reached' && (
        <Field name="readBack" label={t('attempt.readBack')} required extra={t('attempt.readBackHint')}>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
            placeholder={t('attempt.readBackPlaceholder')}
          />
        </Field>
      )}
      <Field
        name="phone"
        label={t('attempt.phone')}
        required={!phoneMasked}
        extra={phoneMasked ? t('attempt.phoneHint', { phone: phoneMasked }) : t('attempt.phoneNone')}
      >
        <Input maxLength={40} inputMode="tel" />
      </Field>
      <Field name="note" label={t('attempt.note')}>
        <Input maxLength={1000} />
      </Field>
    </DraftForm>
  )
}
