import { Form, InputNumber, Radio } from 'antd'
import type { ReactNode } from 'react'
import { Field, useT } from '../../../platform/web/index.ts'
import type { BodyView } from '../contract/advice.ts'
import { useFromRecord } from './known-value.ts'

interface BodyFormProps<V extends object> {
  name: 'energy' | 'exercise'
  body: BodyView
  values: V
  onChange: (values: V) => void
  children: ReactNode
}

/** The values of a calculator; whose they are stands above, and each change is reckoned at once. */
export function BodyForm<V extends object>({ name, body, values, onChange, children }: BodyFormProps<V>) {
  const t = useT('advice')
  return (
    <Form<V>
      layout="vertical"
      className="pb-form"
      name={`advice-${name}`}
      initialValues={values}
      onValuesChange={(_changed, all) => onChange(all)}
    >
      <p className="pb-hint">
        {t('compute.who', { sex: t(`sex.${body.sex}`), age: body.ageYears ?? t('compute.ageUnknown') })}
      </p>
      {children}
    </Form>
  )
}

interface NumberFieldsProps {
  /** Name, unit as it is printed, and the newest value of the record. */
  of: readonly (readonly [name: string, unit: string, known: BodyView['heightCm']])[]
  required: readonly string[]
}

/** Numbers side by side, each with where its value is from. */
export function NumberFields({ of, required }: NumberFieldsProps) {
  const t = useT('advice')
  const from = useFromRecord()
  return (
    <div className="pb-row">
      {of.map(([name, unit, known]) => (
        <Field key={name} name={name} label={t(`input.${name}`)} required={required.includes(name)} from={from(known)}>
          <InputNumber suffix={unit} style={{ width: 190 }} inputMode="decimal" />
        </Field>
      ))}
    </div>
  )
}

interface YesNoProps {
  name: string | string[]
  label: string
  required?: boolean
  from?: string | undefined
  disabled?: boolean
}

export function YesNo({ name, label, required = false, from, disabled = false }: YesNoProps) {
  const t = useT('advice')
  return (
    <Field name={name} label={label} required={required} from={from}>
      <Radio.Group
        disabled={disabled}
        options={[true, false].map((value) => ({ value, label: t(value ? 'yes' : 'no') }))}
      />
    </Field>
  )
}

/** Whom it is asked: women up to 50, and those whose age nobody knows. */
export function mayBePregnant({ sex, ageYears }: Pick<BodyView, 'sex' | 'ageYears'>): boolean {
  return sex === 'female' && (ageYears ?? 30) <= 50
}

/** An emptied number is none. */
export function withoutNulls<V extends object>(values: V): V {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as V
}
