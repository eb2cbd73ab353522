import { Input, Radio } from 'antd'
import { DateInput, DraftForm, Field, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { PatientSelect } from '../../task/staff/patient-select.tsx'
import { addBlock } from '../contract/do-not-call.ts'
import { BLOCKS_BY_HAND } from '../contract/words.ts'
import { CHANGED } from './changed.ts'

interface Values {
  patientId: string
  reason: (typeof BLOCKS_BY_HAND)[number]
  note?: string
  untilOn?: string
}

/** Nobody calls this person any more, for a reason. */
export function AddBlock({ onDone }: { onDone: () => void }) {
  const t = useT('call-desk')
  const say = useSay()
  const add = useAction(addBlock, {
    invalidates: CHANGED,
    onDone: ({ patient }) => {
      say.done(t('blocks.added', { name: patient.name }))
      onDone()
    },
  })
  return (
    <DraftForm<Values>
      name="do-not-call"
      submit={t('blocks.add')}
      onCancel={onDone}
      onSubmit={({ note = '', untilOn, patientId, reason }) =>
        add.mutateAsync({ body: { patientId: patientId as never, reason, note, ...(untilOn ? { untilOn } : {}) } })
      }
    >
      <Field name="patientId" label={t('blocks.patient')} required>
        <PatientSelect />
      </Field>
      <Field name="reason" label={t('blocks.reason')} required>
        <Radio.Group options={BLOCKS_BY_HAND.map((value) => ({ value, label: t(`blocks.reasons.${value}`) }))} />
      </Field>
      <Field name="note" label={t('blocks.note')}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
      </Field>
      <Field name="untilOn" label={t('blocks.untilOn')}>
        <DateInput />
      </Field>
    </DraftForm>
  )
}
