import { Form } from 'antd'
import { call, DraftForm, useT } from '../../../platform/web/index.ts'
import { confirmSecondFactor, type SignInStep } from '../contract/sign-in.ts'
import { CodeField } from './code-field.tsx'

interface Values {
  code: string
}

/** The second step of signing in. A wrong code is taken out of the field, since the next one will be another. */
export function SecondFactorForm({ onArrive }: { onArrive: (owes: SignInStep | null) => void }) {
  const t = useT('staff')
  const [form] = Form.useForm<Values>()
  const confirm = async ({ code }: Values) => {
    try {
      const { owes } = await call(confirmSecondFactor, { body: { code } })
      onArrive(owes)
    } catch (error) {
      form.setFieldValue('code', '')
      throw error
    }
  }
  return (
    <>
      <p style={{ margin: '8px 0 16px' }}>{t('secondFactor.open')}</p>
      <DraftForm<Values> name="second-factor" keepDraft={false} form={form} onSubmit={confirm} submit={t('signIn.enter')}>
        <CodeField onFull={() => form.submit()} />
      </DraftForm>
      <p className="pb-hint" style={{ marginTop: 16 }}>{t('secondFactor.lost')}</p>
    </>
  )
}
