import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form } from 'antd'
import { useState } from 'react'
import { call, DraftForm, Status, useGo, useSay, useT } from '../../../platform/web/index.ts'
import { removeSecondFactor } from '../contract/account.ts'
import type { SignInStep } from '../contract/sign-in.ts'
import { me } from '../contract/staff.ts'
import { CodeField } from './code-field.tsx'
import { SecondFactorSetup } from './second-factor-setup.tsx'

/** Whether an authenticator is bound; binding one, taking it away. */
export function OwnSecondFactor({ isSet, isAdvised }: { isSet: boolean; isAdvised: boolean }) {
  const t = useT('staff')
  const go = useGo()
  const say = useSay()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const arrive = (owes: SignInStep | null) => {
    setOpen(false)
    say.done(t(isSet ? 'secondFactor.removed' : 'secondFactor.bound'))
    if (owes) return go('/sign-in')
    void client.invalidateQueries({ queryKey: [me.name] })
  }
  if (open && isSet) return <Removal onArrive={arrive} onCancel={() => setOpen(false)} />
  if (open) return <SecondFactorSetup why={t('secondFactor.why')} onArrive={arrive} onCancel={() => setOpen(false)} />
  return (
    <>
      {isAdvised && <Alert type="warning" showIcon title={t('secondFactor.advised')} style={{ marginBottom: 12 }} />}
      <p style={{ margin: '0 0 12px' }}>{isSet ? <Status tone="good">{t('secondFactor.isSet')}</Status> : t('secondFactor.isNotSet')}</p>
      <Button type={isSet ? 'default' : 'primary'} onClick={() => setOpen(true)}>
        {t(isSet ? 'secondFactor.remove' : 'secondFactor.bind')}
      </Button>
    </>
  )
}

function Removal({ onArrive, onCancel }: { onArrive: (owes: SignInStep | null) => void; onCancel: () => void }) {
  const t = useT('staff')
  const [form] = Form.useForm<{ code: string }>()
  const remove = async ({ code }: { code: string }) => {
    const { owes } = await call(removeSecondFactor, { body: { code } })
    onArrive(owes)
  }
  return (
    <>
      <p style={{ margin: '0 0 12px' }}>{t('secondFactor.removeWhy')}</p>
      <DraftForm<{ code: string }> name="second-factor-remove" keepDraft={false} form={form} onSubmit={remove} submit={t('secondFactor.remove')} onCancel={onCancel}>
        <CodeField />
      </DraftForm>
    </>
  )
}
