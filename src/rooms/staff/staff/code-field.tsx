import { Input } from 'antd'
import type { ChangeEvent } from 'react'
import { digitsIn } from '../../../platform/contract/digits.ts'
import { Field, useT } from '../../../platform/web/index.ts'

/** Six digits of an authenticator; phones offer their number pad and the code from the message. */
export function CodeField({ onFull }: { onFull?: () => void }) {
  const t = useT('staff')
  const digits = (event: ChangeEvent<HTMLInputElement>) => digitsIn(event.target.value).slice(0, 6)
  return (
    <Field
      name="code"
      label={t('secondFactor.code')}
      required
      getValueFromEvent={digits}
      rules={[{ pattern: /^\d{6}$/, message: t('secondFactor.sixDigits'), validateTrigger: 'onBlur' }]}
    >
      <Input
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        style={{ maxWidth: 200, letterSpacing: '0.3em', fontVariantNumeric: 'tabular-nums' }}
        onInput={(event) => {
          // After the form has taken the value over.
          if (digitsIn(event.currentTarget.value).length === 6) setTimeout(() => onFull?.())
        }}
      />
    </Field>
  )
}
