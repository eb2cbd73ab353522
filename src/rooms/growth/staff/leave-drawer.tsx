import { Form, Input, Radio } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { endEnrolment, withdrawConsent } from '../contract/growth.ts'
import { CHANGED } from './changed.ts'

const REASONS = ['withdrawn', 'completed', 'moved-away', 'other'] as const
interface Values {
  reason: (typeof REASONS)[number]
  by?: string
  note?: string
}

/** 结束: the family leaves, or it is over. Either holds at once; the record stays. */
export function LeaveDrawer({ patientId, open, onClose }: { patientId: string; open: boolean; onClose: () => void }) {
  const t = useT('growth')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const reason = Form.useWatch('reason', form)
  const done = { invalidates: CHANGED, onDone: () => (say.done(t('leave.said')), onClose()) }
  const withdraw = useAction(withdrawConsent, done)
  const end = useAction(endEnrolment, done)
  const params = { patientId: patientId as never }
  const send = ({ reason: why, by, note = '' }: Values) =>
    why === 'withdrawn'
      ? withdraw.mutateAsync({ params, body: { by: by!, because: note } })
      : end.mutateAsync({ params, body: { reason: why, note } })
  return (
    <SideDrawer title={t('leave.title')} open={open} onClose={onClose} widthPx={460}>
      <DraftForm<Values>
        name={`growth-leave-${patientId}`}
        form={form}
        keepDraft={false}
        initial={{ reason: 'withdrawn' }}
        submit={t('leave.save')}
        onSubmit={send}
        onCancel={onClose}
      >
        <p className="pb-hint">{t('leave.hint')}</p>
        <Field name="reason" label={t('leave.reason')} required>
          <Radio.Group options={REASONS.map((value) => ({ value, label: t(`endReason.${value}`) }))} />
        </Field>
        {reason === 'withdrawn' && (
          <Field name="by" label={t('leave.by')} required>
            <Input maxLength={60} />
          </Field>
        )}
        <Field name="note" label={t('leave.note')}>
          <Input maxLength={300} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
