import { Input } from 'antd'
import { Field, useT } from '../../../platform/web/index.ts'

/** A new password, twice, with what is asked of it said beforehand. */
export function NewPassword({ name, lengthMin }: { name: string; lengthMin: number }) {
  const t = useT('staff')
  return (
    <>
      <Field name={name} label={t('password.next')} required extra={t('password.rule', { length: lengthMin })} validateTrigger="onBlur">
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Field>
      <Field
        name="again"
        label={t('password.again')}
        required
        dependencies={[name]}
        rules={[
          ({ getFieldValue }) => ({
            validateTrigger: 'onBlur',
            validator: async (_rule, value: string | undefined) => {
              if (value && value !== getFieldValue(name)) throw new Error(t('password.differs'))
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" maxLength={200} />
      </Field>
    </>
  )
}
