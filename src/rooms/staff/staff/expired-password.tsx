import { useApi, useT } from '../../../platform/web/index.ts'
import { getSignInStep, type SignInStep } from '../contract/sign-in.ts'
import { ChangePasswordForm } from './change-password-form.tsx'

/** The password has had its time: nothing opens before it is changed. */
export function ExpiredPassword({ onArrive }: { onArrive: (owes: SignInStep | null) => void }) {
  const t = useT('staff')
  const { data } = useApi(getSignInStep)
  return (
    <>
      <p style={{ margin: '8px 0 16px' }}>{t('password.expired')}</p>
      <ChangePasswordForm lengthMin={data?.passwordLengthMin ?? 8} onDone={onArrive} />
    </>
  )
}
