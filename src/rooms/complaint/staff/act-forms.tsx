import { Input, Radio } from 'antd'
import { DateInput, DraftForm, Field, useAction, useSay, useT, useToday } from '../../../platform/web/index.ts'
import { closeComplaint, handOverComplaint, reopenComplaint } from '../contract/complaint.ts'
import { OUTCOMES, type ComplaintView, type Outcome } from '../contract/words.ts'
import { CHANGED_BY_ACT } from './changed.ts'
import { OwnerField } from './owner-field.tsx'

interface Props {
  complaint: ComplaintView
  onDone: () => void
}

/** What to ask again and to say once it is done. */
function useAfter(said: string, onDone: () => void) {
  const say = useSay()
  return {
    invalidates: CHANGED_BY_ACT,
    onDone: () => {
      say.done(said)
      onDone()
    },
  }
}

/** Closed with an outcome and words for it; without both it stays open. */
export function CloseForm({ complaint: { id, version }, onDone }: Props) {
  const t = useT('complaint')
  const close = useAction(closeComplaint, useAfter(t('said.closed'), onDone))
  return (
    <DraftForm<{ outcome: Outcome; text: string }>
      name={`complaint-close-${id}`}
      submit={t('do.close')}
      onCancel={onDone}
      onSubmit={(body) => close.mutateAsync({ params: { complaintId: id }, body: { ...body, version } })}
    >
      <Field name="outcome" label={t('form.outcome')} required>
        <Radio.Group options={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))} />
      </Field>
      <Field name="text" label={t('form.text')} required extra={t('form.textHint')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Field>
    </DraftForm>
  )
}

export function HandOverForm({ complaint, onDone, onCancel }: Props & { onCancel: () => void }) {
  const t = useT('complaint')
  const today = useToday()
  const { id, version, dueOn } = complaint
  const handOver = useAction(handOverComplaint, useAfter(t('said.handedOver'), onDone))
  return (
    <DraftForm<{ ownerId?: string; dueOn: string; note: string }>
      name={`complaint-hand-over-${id}`}
      initial={{ dueOn: dueOn < today ? today : dueOn }}
      submit={t('do.hand-over')}
      onCancel={onCancel}
      onSubmit={(body) => handOver.mutateAsync({ params: { complaintId: id }, body: { ...body, version } as never })}
    >
      <OwnerField />
      <Field name="dueOn" label={t('form.due')} required>
        <DateInput allowClear={false} />
      </Field>
      <Field name="note" label={t('form.note')} required>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Field>
    </DraftForm>
  )
}

export function ReopenForm({ complaint: { id, version }, onDone }: Props) {
  const t = useT('complaint')
  const reopen = useAction(reopenComplaint, useAfter(t('said.reopened'), onDone))
  return (
    <DraftForm<{ because: string; dueOn?: string }>
      name={`complaint-reopen-${id}`}
      submit={t('do.reopen')}
      onCancel={onDone}
      onSubmit={(body) => reopen.mutateAsync({ params: { complaintId: id }, body: { ...body, version } as never })}
    >
      <Field name="because" label={t('form.because')} required>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Field>
      <Field name="dueOn" label={t('form.due')} required>
        <DateInput />
      </Field>
    </DraftForm>
  )
}
