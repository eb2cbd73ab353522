import { Input } from 'antd'
import { call, DraftForm, Field, useT } from '../../../platform/web/index.ts'
import { changePassword } from '../contract/account.ts'
import type { SignInStep } from '../contract/sign-in.ts'
import { NewPassword } from './new-password.tsx'

interface Values {
  current: string
  next: string
  again: string
}

export interface ChangePasswordFormProps {
  lengthMin: number
  onDone: (owes: SignInStep | null) => void
  onCancel?: () => void
}

/** The old password and a new one, for whoever is signed in or has to change it to get in. */
export function ChangePasswordForm({ lengthMin, onDone, onCancel }: ChangePasswordFormProps) {
  const t = useT('staff')
  const change = async ({ current, next }: Values) => {
    const { owes } = await call(changePassword, { body: { current, next } })
    onDone(owes)
  }
  return (
    <DraftForm<Values> name="change-password" keepDraft={false} onSubmit={change} submit={t('password.change')} {...(onCancel ? { onCancel } : {})}>
      <Field name="current" label={t('password.current')} required>
        <Input.Password autoComplete="current-password" maxLength={200} autoFocus />
      </Field>
      <NewPassword name="next" lengthMin={lengthMin} />
    </DraftForm>
  )
}
