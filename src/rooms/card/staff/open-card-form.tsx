import { Form, type FormInstance } from 'antd'
import { useEffect } from 'react'
import { DraftForm, Stack, useT, useToday } from '../../../platform/web/index.ts'
import type { NewPatient } from '../../patient/contract/person.ts'
import { Duplicates } from '../../patient/staff/duplicates.tsx'
import {
  GuardianFields,
  isMinor,
  MembershipFields,
  NameField,
  PaperFields,
  PhoneField,
} from '../../patient/staff/person-fields.tsx'
import { ConsentTicks, consentAnswers } from './consent-ticks.tsx'
import { patientOf, type OpenCardValues } from './open-card-values.ts'

export interface OpenCardFormProps {
  onSubmit: (patient: NewPatient, consents: ReturnType<typeof consentAnswers>) => Promise<unknown>
  /** The person turned out to be known: their card is opened instead. */
  onKnown: (patientId: string) => void
  onCancel: () => void
}

/** Somebody new. The paper comes first, since it fills half of the form. */
export function OpenCardForm({ onSubmit, onKnown, onCancel }: OpenCardFormProps) {
  const t = useT('card')
  const today = useToday()
  const [form] = Form.useForm<OpenCardValues>()
  const birthDate = Form.useWatch('birthDate', form) as string | undefined
  const minor = isMinor(birthDate, today)
  // What was asked of a grown-up is no longer missing.
  useEffect(() => form.setFields([{ name: 'phone', errors: [] }]), [form, minor])
  const asPatient = form as unknown as FormInstance<NewPatient>
  return (
    <DraftForm<OpenCardValues>
      name="open-card"
      form={form}
      initial={{ paper: { kind: 'national-id', number: '' }, level: 'standard', source: 'walk-in' }}
      submit={t('open.submit')}
      onCancel={onCancel}
      onSubmit={(values) => onSubmit(patientOf(values, minor), consentAnswers(values.consents))}
    >
      <NameField />
      <PaperFields form={asPatient} />
      <PhoneField required={!minor} />
      {minor && (
        <Stack tight>
          <p className="pb-due">{t('open.guardianHint')}</p>
          <GuardianFields />
        </Stack>
      )}
      <Duplicates form={asPatient} onKnown={onKnown} />
      <MembershipFields />
      <ConsentTicks />
    </DraftForm>
  )
}
