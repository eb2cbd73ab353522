import { Checkbox, Form, Input } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import { call, DraftForm, Field, SideDrawer, Stack, useSay, useT } from '../../../platform/web/index.ts'
import { changePatient, getPatient, patientHistory } from '../contract/patient.ts'
import type { PatientView, Preferences } from '../contract/person.ts'

type Values = Preferences & { called: string }

/** S0-28: how to address somebody, when to call, what to leave alone. Religion asks for a consent of its own. */
export function PreferencesDrawer({
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
  const client = useQueryClient()
  const [form] = Form.useForm<Values>()
  const { goodHoursNoted: noted } = patient.preferences
  const religion = Form.useWatch('religion', form)
  const send = async ({ called, ...values }: Values) => {
    const preferences = {
      ...patient.preferences,
      ...values,
      religionConsent: Boolean(values.religionConsent) && Boolean(values.religion),
    }
    await call(changePatient, {
      params: { patientId: patient.id },
      body: { version: patient.version, changes: { called: called ?? '', preferences } },
    })
    onClose()
    say.done(t('identity.saved'))
    await Promise.all([getPatient, patientHistory].map(({ name }) => client.invalidateQueries({ queryKey: [name] })))
  }
  const consent = {
    validator: (_rule: unknown, value: unknown) =>
      religion && !value ? Promise.reject(new Error(t('identity.religionNeeds'))) : Promise.resolve(),
  }
  const hoursHint = noted ? t('identity.goodHoursNoted', { words: noted }) : t('identity.goodHoursHint')
  return (
    <SideDrawer title={t('identity.editPreferences')} open={open} onClose={onClose} widthPx={480}>
      <Stack>
        <p className="pb-hint">{t('identity.preferencesHint')}</p>
        <DraftForm<Values>
          name={`preferences-${patient.id}`}
          form={form}
          initial={{ ...patient.preferences, called: patient.called }}
          submit={t('identity.save')}
          onSubmit={send}
          onCancel={onClose}
        >
          <Field name="called" label={t('field.called')}>
            <Input maxLength={40} />
          </Field>
          <Field name="goodHours" label={t('field.goodHours')} extra={hoursHint}>
            <Input maxLength={120} />
          </Field>
          <Field name="dialect" label={t('field.dialect')}>
            <Input maxLength={60} />
          </Field>
          <Field name="leaveAlone" label={t('field.leaveAlone')}>
            <Input.TextArea maxLength={300} autoSize={{ minRows: 2 }} />
          </Field>
          <Field name="religion" label={t('field.religion')}>
            <Input maxLength={60} />
          </Field>
          {religion && (
            <Form.Item name="religionConsent" valuePropName="checked" dependencies={['religion']} rules={[consent]}>
              <Checkbox>{t('field.religionConsent')}</Checkbox>
            </Form.Item>
          )}
        </DraftForm>
      </Stack>
    </SideDrawer>
  )
}
