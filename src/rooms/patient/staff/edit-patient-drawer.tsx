import { Form } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { call, DraftForm, SideDrawer, useSay, useT, useToday } from '../../../platform/web/index.ts'
import { changePatient, getPatient, patientHistory } from '../contract/patient.ts'
import type { PatientView } from '../contract/person.ts'
import { changesOf, formOf, type EditedPatient } from './patient-changes.ts'
import {
  GuardianEmailField,
  GuardianFields,
  isMinor,
  MembershipFields,
  NameField,
  PaperFields,
  PhoneField,
} from './person-fields.tsx'

/** Changes who somebody is. Numbers that are kept sealed are not fetched: what is left empty stays. */
export function EditPatientDrawer({
  patient,
  open,
  onClose,
}: {
  patient: PatientView
  open: boolean
  onClose: () => void
}) {
  const t = useT('patient')
  const say = useSay()
  const today = useToday()
  const client = useQueryClient()
  const [form] = Form.useForm<EditedPatient>()
  const birthDate = Form.useWatch('birthDate', form) as string | undefined
  const send = async (values: EditedPatient) => {
    const changes = changesOf(patient, values)
    if (Object.keys(changes).length > 0)
      await call(changePatient, { params: { patientId: patient.id }, body: { version: patient.version, changes } })
    onClose()
    say.done(t('identity.saved'))
    await Promise.all([getPatient, patientHistory].map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
  }
  const needsGuardian = isMinor(birthDate, today) && (!patient.guardian || birthDate !== patient.birthDate)
  return (
    <SideDrawer title={t('identity.edit')} open={open} onClose={onClose}>
      <DraftForm<EditedPatient>
        name={`patient-${patient.id}-${patient.version}`}
        form={form}
        initial={formOf(patient)}
        submit={t('identity.save')}
        onSubmit={send}
        onCancel={onClose}
      >
        <NameField />
        <PaperFields
          form={form}
          {...(patient.paper ? { hint: t('identity.paperKeep', { masked: patient.paper.masked }) } : {})}
        />
        <PhoneField
          {...(patient.phoneMasked ? { hint: t('identity.phoneKeep', { masked: patient.phoneMasked }) } : {})}
        />
        {needsGuardian && <GuardianFields />}
        {!needsGuardian && isMinor(birthDate, today) && (
          <GuardianEmailField name="guardianEmail" masked={patient.guardian?.emailMasked} />
        )}
        <MembershipFields />
      </DraftForm>
    </SideDrawer>
  )
}
