import { Form } from 'antd'
import { useEffect } from 'react'
import { call, DraftForm, Loading, ProblemAlert, useAction, useT } from '../../../platform/web/index.ts'
import { beginSecondFactor, completeSecondFactor } from '../contract/account.ts'
import type { SignInStep } from '../contract/sign-in.ts'
import { CodeField } from './code-field.tsx'

interface Values {
  code: string
}

export interface SecondFactorSetupProps {
  /** Why it is asked for. */
  why: string
  onArrive: (owes: SignInStep | null) => void
  onCancel?: () => void
}

/** Binds an authenticator: scan, then show that it works. */
export function SecondFactorSetup({ why, onArrive, onCancel }: SecondFactorSetupProps) {
  const t = useT('staff')
  const [form] = Form.useForm<Values>()
  const begin = useAction(beginSecondFactor)
  useEffect(() => begin.mutate({}), [])
  const complete = async ({ code }: Values) => {
    const { owes } = await call(completeSecondFactor, { body: { code } })
    onArrive(owes)
  }
  if (begin.error) return <ProblemAlert problem={begin.error} onRetry={() => begin.mutate({})} />
  if (!begin.data) return <Loading />
  const { qrCode, secret } = begin.data
  return (
    <>
      <p style={{ margin: '8px 0' }}>{why}</p>
      <ol style={{ paddingInlineStart: 20, margin: '0 0 12px' }}>
        <li>{t('secondFactor.install')}</li>
        <li>
          {t('secondFactor.scan')}
          <div>
            {/* White around it in dark mode too, else no camera reads it. */}
            <img src={qrCode} alt={t('secondFactor.qr')} width={200} height={200} style={{ background: '#fff', borderRadius: 8, margin: '8px 0' }} />
          </div>
          <details>
            <summary>{t('secondFactor.byHand')}</summary>
            <code style={{ wordBreak: 'break-all' }}>{secret.match(/.{1,4}/g)?.join(' ')}</code>
          </details>
        </li>
        <li>{t('secondFactor.type')}</li>
      </ol>
      <DraftForm<Values> name="second-factor-setup" keepDraft={false} form={form} onSubmit={complete} submit={t('secondFactor.bind')} {...(onCancel ? { onCancel } : {})}>
        <CodeField onFull={() => form.submit()} />
      </DraftForm>
    </>
  )
}
