import { Input } from 'antd'
import { DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { cancelAppointment, moveAppointment, type AppointmentLine } from '../contract/appointment.ts'
import { TimeFields } from './time-fields.tsx'
import { useMark } from './use-acts.ts'
import { CHANGED, WhenText } from './words.tsx'

interface FormProps {
  line: AppointmentLine
  onClose: () => void
}

interface Time {
  on: string
  from: string
  minutes?: number | null
}

/** Another time; back to the old one in one click. */
export function MoveForm({ line, onClose }: FormProps) {
  const t = useT('appointment')
  const say = useSay()
  const params = { appointmentId: line.id }
  const move = useAction(moveAppointment, { invalidates: CHANGED })
  const send = async ({ on, from, minutes = null }: Time) => {
    const { revision } = await move.mutateAsync({ params, body: { on, from, minutes, revision: line.revision } })
    const { on: oldOn, from: oldFrom, minutes: oldMinutes } = line
    const back = { on: oldOn, from: oldFrom, minutes: oldMinutes, revision }
    say.undoable({ text: t('said.moved', { on, from }), undo: () => move.mutateAsync({ params, body: back }) })
    onClose()
  }
  const { on, from, minutes } = line
  return (
    <DraftForm<Time>
      name={`appointment-move-${line.id}`}
      initial={{ on, from, minutes }}
      schema={moveAppointment.body}
      submit={t('act.move')}
      onCancel={onClose}
      onSubmit={send}
      keepDraft={false}
    >
      <p>
        {t('move.now')} <WhenText line={line} />
      </p>
      <p className="pb-hint">{t('move.hint')}</p>
      <TimeFields />
    </DraftForm>
  )
}

/** Why it does not take place. */
export function CancelForm({ line, onClose }: FormProps) {
  const t = useT('appointment')
  const say = useSay()
  const mark = useMark()
  const cancel = useAction(cancelAppointment, { invalidates: CHANGED })
  const send = async ({ because }: { because: string }) => {
    const body = { because, revision: line.revision }
    const { revision } = await cancel.mutateAsync({ params: { appointmentId: line.id }, body })
    say.undoable({ text: t('said.cancelled'), undo: () => mark.back(line.id, revision, 'booked') })
    onClose()
  }
  return (
    <DraftForm<{ because: string }>
      name={`appointment-cancel-${line.id}`}
      schema={cancelAppointment.body}
      submit={t('act.cancel')}
      onCancel={onClose}
      onSubmit={send}
    >
      <p>
        <WhenText line={line} /> {line.service}
      </p>
      <p className="pb-hint">{t('cancel.hint')}</p>
      <Field name="because" label={t('field.because')} required>
        <Input autoFocus maxLength={300} placeholder={t('field.becauseSample')} />
      </Field>
    </DraftForm>
  )
}
