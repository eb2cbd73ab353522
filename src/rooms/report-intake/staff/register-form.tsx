import { Button, Form, Input, Select } from 'antd'
import { Card, DateInput, Field, ProblemAlert, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { intakeOverview } from '../contract/overview.ts'
import { getUnmatched, listUnmatched, registerUnmatched, type UnmatchedPerson } from '../contract/persons.ts'

const SEXES = ['male', 'female', 'other', 'unknown'] as const

/** Makes somebody known from what was sent; numbers are taken over unseen. */
export function RegisterForm({ person, onDone }: { person: UnmatchedPerson; onDone: () => void }) {
  const t = useT('report-intake')
  const say = useSay()
  const register = useAction(registerUnmatched, {
    invalidates: [listUnmatched, getUnmatched, intakeOverview],
    onDone: () => {
      say.done(t('person.registered', { count: person.reports }))
      onDone()
    },
  })
  return (
    <Card title={t('person.registerTitle')}>
      <ProblemAlert problem={register.error} />
      <Form
        layout="vertical"
        initialValues={{ name: person.name, sex: person.sex, birthDate: person.birthDate }}
        onFinish={(values: { name: string; sex: UnmatchedPerson['sex']; birthDate?: string | null }) =>
          register.mutate({
            params: { personId: person.id },
            body: { version: person.version, name: values.name, sex: values.sex, birthDate: values.birthDate ?? null },
          })
        }
      >
        <Field name="name" label={t('person.name')} required>
          <Input maxLength={100} />
        </Field>
        <Field name="sex" label={t('person.sex')}>
          <Select options={SEXES.map((value) => ({ value, label: t(`sex.${value}`) }))} />
        </Field>
        <Field name="birthDate" label={t('person.birthDate')}>
          <DateInput />
        </Field>
        <p className="pb-hint">
          {t('person.registerHint', {
            numbers: [person.phoneMasked, person.paperMasked, person.recordNumber].filter(Boolean).join(' · ') || '—',
          })}
        </p>
        <Button type="primary" htmlType="submit" loading={register.isPending}>
          {t('person.registerDo')}
        </Button>
      </Form>
    </Card>
  )
}
