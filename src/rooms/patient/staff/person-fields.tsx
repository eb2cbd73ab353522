import { Form, Input, Radio, Select, type FormInstance } from 'antd'
import { DateInput, Field, Row, useT, useToday, type T } from '../../../platform/web/index.ts'
import { ageOn } from '../../../platform/clock.ts'
import { readNationalId } from '../contract/national-id.ts'
import { isName, tidyName } from '../contract/person-name.ts'
import { GUARDIAN_UNDER_YEARS, type NewPatient, type Paper } from '../contract/person.ts'
import { readPhone } from '../contract/phone.ts'
import { levelOptions, enteredSourceOptions, paperOptions, relationOptions, sexOptions } from './words.ts'

/** A rule of a field: says what is wrong as one leaves it. Empty is the business of `required`. */
export function ruleOf(judge: (text: string) => string | undefined) {
  return {
    validateTrigger: 'onBlur',
    validator: async (_rule: unknown, value: unknown) => {
      const wrong = typeof value === 'string' && value.trim() !== '' ? judge(value) : undefined
      if (wrong) throw new Error(wrong)
    },
  }
}

export const phoneRule = (t: T) => ruleOf((text) => (readPhone(text) ? undefined : t('fault.phone')))
const nameRule = (t: T) => ruleOf((text) => (isName(tidyName(text)) ? undefined : t('fault.name')))

export function paperRule(t: T, kind: Paper['kind'] | undefined, today: string) {
  return ruleOf((text) => {
    if (kind !== 'national-id') return /^[\p{L}\p{N}()/ -]{5,40}$/u.test(text) ? undefined : t('fault.otherPaper')
    const read = readNationalId(text, today)
    return read.ok ? undefined : t(`fault.${read.fault}`)
  })
}

/** Whether the number typed gives sex and birth date, which are then not asked. */
export function derivedFrom(paper: Partial<Paper> | undefined, today: string) {
  if (paper?.kind !== 'national-id' || !paper.number) return undefined
  const read = readNationalId(paper.number, today)
  return read.ok ? { sex: read.sex, birthDate: read.birthDate } : undefined
}

export function isMinor(birthDate: string | null | undefined, today: string): boolean {
  return Boolean(birthDate) && ageOn(birthDate!, today) < GUARDIAN_UNDER_YEARS
}

/** Kind and number of a paper, sex, birth date; the number of an identity card fills the other two and says so. */
export function PaperFields({ form, hint }: { form: FormInstance<NewPatient>; hint?: string }) {
  const t = useT('patient')
  const today = useToday()
  const paper = Form.useWatch('paper', form) as Partial<Paper> | undefined
  const derived = derivedFrom(paper, today)
  const from = derived ? t('identity.fromPaper') : undefined
  const fill = (number: string) => {
    const found = derivedFrom({ kind: paper?.kind, number }, today)
    if (!found) return
    form.setFieldsValue(found)
    form.setFields([
      { name: 'sex', errors: [] },
      { name: 'birthDate', errors: [] },
    ])
  }
  return (
    <>
      <Row>
        <Field name={['paper', 'kind']} label={t('field.paperKind')} style={{ flex: '1 1 150px' }}>
          <Select options={paperOptions(t)} popupMatchSelectWidth={false} />
        </Field>
        <Field
          name={['paper', 'number']}
          label={t('field.paperNumber')}
          style={{ flex: '2 1 240px' }}
          rules={[paperRule(t, paper?.kind, today)]}
          {...(hint ? { extra: hint } : {})}
        >
          <Input autoComplete="off" maxLength={40} onChange={({ target }) => fill(target.value)} />
        </Field>
      </Row>
      <Field name="sex" label={t('field.sex')} {...(from ? { from } : {})}>
        <Radio.Group options={sexOptions(t)} disabled={derived !== undefined} />
      </Field>
      <Field name="birthDate" label={t('field.birthDate')} {...(from ? { from } : {})}>
        <DateInput
          allowClear={false}
          disabled={derived !== undefined}
          disabledDate={(date) => date.format('YYYY-MM-DD') > today}
        />
      </Field>
    </>
  )
}

export function NameField() {
  const t = useT('patient')
  return (
    <Field name="name" label={t('field.name')} required rules={[nameRule(t)]}>
      <Input autoComplete="off" maxLength={100} />
    </Field>
  )
}

export function PhoneField({ required = false, hint }: { required?: boolean; hint?: string }) {
  const t = useT('patient')
  return (
    <Field
      name="phone"
      label={t('field.phone')}
      required={required}
      rules={[phoneRule(t)]}
      {...(hint ? { extra: hint } : {})}
    >
      <Input autoComplete="off" inputMode="tel" maxLength={40} />
    </Field>
  )
}

/** Where mails about a child under 14 go. */
export function GuardianEmailField({ name, masked }: { name: string | string[]; masked?: string | null }) {
  const t = useT('patient')
  return (
    <Field
      name={name}
      label={t('field.guardianEmail')}
      rules={[{ type: 'email', validateTrigger: 'onBlur' }]}
      style={{ flex: '1 1 160px' }}
      extra={masked ? t('identity.emailKeep', { masked }) : t('identity.guardianEmailHint')}
    >
      <Input autoComplete="off" inputMode="email" maxLength={200} />
    </Field>
  )
}

/** Whoever answers for a child under 14. */
export function GuardianFields() {
  const t = useT('patient')
  return (
    <>
      <Row>
        <Field
          name={['guardian', 'name']}
          label={t('field.guardianName')}
          required
          rules={[nameRule(t)]}
          style={{ flex: '1 1 160px' }}
        >
          <Input autoComplete="off" maxLength={100} />
        </Field>
        <Field
          name={['guardian', 'relation']}
          label={t('field.guardianRelation')}
          required
          style={{ flex: '1 1 160px' }}
        >
          <Select options={relationOptions(t)} popupMatchSelectWidth={false} />
        </Field>
      </Row>
      <Row>
        <Field
          name={['guardian', 'phone']}
          label={t('field.guardianPhone')}
          required
          rules={[phoneRule(t)]}
          style={{ flex: '1 1 160px' }}
        >
          <Input autoComplete="off" inputMode="tel" maxLength={40} />
        </Field>
        <GuardianEmailField name={['guardian', 'email']} />
      </Row>
    </>
  )
}

export function MembershipFields() {
  const t = useT('patient')
  return (
    <>
      <Row>
        <Field name="level" label={t('field.level')} style={{ flex: '1 1 160px' }}>
          <Select options={levelOptions(t)} />
        </Field>
        <Field name="source" label={t('field.source')} style={{ flex: '1 1 160px' }}>
          <Select options={enteredSourceOptions(t)} />
        </Field>
      </Row>
      <details>
        <summary>{t('identity.more')}</summary>
        <Row>
          <Field
            name="recordNumber"
            label={t('field.recordNumber')}
            style={{ flex: '1 1 160px' }}
            rules={[ruleOf((text) => (/^[\p{L}\p{N}_./\s-]{1,40}$/u.test(text) ? undefined : t('fault.recordNumber')))]}
          >
            <Input autoComplete="off" maxLength={40} />
          </Field>
          <Field name="called" label={t('field.called')} style={{ flex: '1 1 160px' }}>
            <Input autoComplete="off" maxLength={40} />
          </Field>
        </Row>
        <Field name="email" label={t('field.email')} rules={[{ type: 'email', validateTrigger: 'onBlur' }]}>
          <Input autoComplete="off" inputMode="email" maxLength={200} />
        </Field>
      </details>
    </>
  )
}
