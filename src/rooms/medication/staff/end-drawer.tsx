import { Input, Radio, Space } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { endMedication, listMedication, undoEndMedication, type ScheduleView } from '../contract/medication.ts'
import { ENDS_BY_HAND } from '../contract/words.ts'

interface Values {
  reason: (typeof ENDS_BY_HAND)[number]
  note?: string
}

/** It is not taken any more: why, in one press, and the way back. */
export function EndDrawer({
  patientId,
  schedule,
  onClose,
}: {
  patientId: string
  schedule: ScheduleView
  onClose: () => void
}) {
  const t = useT('medication')
  const say = useSay()
  const params = { patientId: patientId as never, scheduleId: schedule.id }
  const undo = useAction(undoEndMedication, { invalidates: [listMedication] })
  const end = useAction(endMedication, { invalidates: [listMedication] })
  const submit = async ({ reason, note = '' }: Values) => {
    await end.mutateAsync({ params, body: { reason, note } })
    say.undoable({ text: t('said.ended'), undo: () => undo.mutateAsync({ params }) })
    onClose()
  }
  return (
    <SideDrawer title={`${t('act.end')} · ${schedule.content.name}`} open onClose={onClose}>
      <DraftForm<Values>
        name={`medication-end-${schedule.id}`}
        keepDraft={false}
        initial={{}}
        submit={t('act.end')}
        onCancel={onClose}
        onSubmit={submit}
      >
        <p className="pb-hint">{t('end.hint')}</p>
        <Field name="reason" label={t('end.reason')} required>
          <Radio.Group>
            <Space direction="vertical">
              {ENDS_BY_HAND.map((reason) => (
                <Radio key={reason} value={reason}>
                  {t(`endReason.${reason}`)}
                </Radio>
              ))}
            </Space>
          </Radio.Group>
        </Field>
        <Field name="note" label={t('end.note')}>
          <Input maxLength={200} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
