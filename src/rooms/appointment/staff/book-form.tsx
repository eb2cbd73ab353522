import { AutoComplete, Input } from 'antd'
import { useState } from 'react'
import { DraftForm, Field, requestId, useAction, useApi, useSay, useT } from '../../../platform/web/index.ts'
import { listDepartments } from '../../organization/contract/place.ts'
import { bookAppointment } from '../contract/appointment.ts'
import { TimeFields } from './time-fields.tsx'
import { CHANGED } from './words.tsx'

interface Booking {
  on: string
  from: string
  minutes?: number | null
  service: string
  department?: string
  practitioner?: string
  place?: string
  bring?: string
}

/** A new appointment. Sent twice, by an impatient click or a lost answer, it is one. */
export function BookForm({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const t = useT('appointment')
  const say = useSay()
  const [key] = useState(requestId)
  const { data } = useApi(listDepartments)
  const departments = (data?.departments ?? []).filter(({ active }) => active).map(({ name }) => ({ value: name }))
  const book = useAction(bookAppointment, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('said.new'))
      onClose()
    },
  })
  const send = ({ minutes = null, department = '', practitioner = '', place = '', bring = '', ...rest }: Booking) =>
    book.mutateAsync({
      params: { patientId: patientId as never },
      body: { ...rest, minutes, department, practitioner, place, bring, key },
    })
  return (
    <DraftForm<Booking>
      name={`appointment-book-${patientId}`}
      initial={{ minutes: 30 }}
      schema={bookAppointment.body}
      submit={t('book.save')}
      onCancel={onClose}
      onSubmit={send}
    >
      <TimeFields />
      <Field name="service" label={t('field.service')} required>
        <Input maxLength={60} placeholder={t('field.serviceSample')} />
      </Field>
      <Field name="department" label={t('field.department')}>
        <AutoComplete options={departments} maxLength={60} />
      </Field>
      <Field name="practitioner" label={t('field.practitioner')}>
        <Input maxLength={60} />
      </Field>
      <Field name="place" label={t('field.place')}>
        <Input maxLength={120} placeholder={t('field.placeSample')} />
      </Field>
      <Field name="bring" label={t('field.bring')} extra={t('field.bringHint')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={300} placeholder={t('field.bringSample')} />
      </Field>
    </DraftForm>
  )
}
