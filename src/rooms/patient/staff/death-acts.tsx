import { Form, Input } from 'antd'
import { useState } from 'react'
import {
  call,
  DateInput,
  DraftForm,
  Field,
  SideDrawer,
  Stack,
  useSay,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import { useQueryClient } from '@tanstack/react-query'
import { correctDeath, getPatient, markDeceased, patientHistory } from '../contract/patient.ts'
import type { PatientView } from '../contract/person.ts'

/** Entering a death, and taking it back when it was a mistake; quiet, below everything else. */
export function DeathActs({ patient }: { patient: PatientView }) {
  const t = useT('patient')
  const say = useSay()
  const today = useToday()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<{ deceasedOn?: string; reason?: string }>()
  const isDead = patient.state === 'deceased'
  const params = { patientId: patient.id }
  const send = async (values: { deceasedOn?: string; reason?: string }) => {
    if (isDead) await call(correctDeath, { params, body: { reason: values.reason ?? '' } })
    else await call(markDeceased, { params, body: { deceasedOn: values.deceasedOn ?? '' } })
    setOpen(false)
    say.done(t('identity.saved'))
    await Promise.all([getPatient, patientHistory].map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
  }
  const title = isDead ? t('identity.correctDeath') : t('identity.markDeath', { name: patient.name })
  return (
    <p>
      <button type="button" className="pb-link" onClick={() => setOpen(true)}>
        {isDead ? t('identity.correctDeath') : t('identity.death')}
      </button>
      <SideDrawer title={title} open={open} onClose={() => setOpen(false)} widthPx={420}>
        <Stack>
          {!isDead && <p>{t('identity.deathHint')}</p>}
          <DraftForm
            name={`death-${patient.id}`}
            form={form}
            keepDraft={false}
            submit={isDead ? t('identity.correct') : title}
            onSubmit={send}
            onCancel={() => setOpen(false)}
          >
            {isDead ? (
              <Field name="reason" label={t('identity.correctReason')} required>
                <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
              </Field>
            ) : (
              <Field name="deceasedOn" label={t('identity.deceasedOn')} required>
                <DateInput disabledDate={(date) => date.format('YYYY-MM-DD') > today} />
              </Field>
            )}
          </DraftForm>
        </Stack>
      </SideDrawer>
    </p>
  )
}
