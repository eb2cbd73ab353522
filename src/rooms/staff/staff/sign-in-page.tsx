import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { z } from 'zod'
import { call, Loading, useAddress, useGo, useT } from '../../../platform/web/index.ts'
import { getSignInStep, type SignInStep } from '../contract/sign-in.ts'
import { DoorCard } from './door-card.tsx'
import { ExpiredPassword } from './expired-password.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { SecondFactorSetup } from './second-factor-setup.tsx'
import { safeWay } from './safe-way.ts'

const search = z.object({ next: z.string().optional() })

/** Where signing in stands: `undefined` is not known yet, `password` means that nobody is signed in. */
type Stage = 'password' | SignInStep | undefined

/** Password, then whatever is still owed, then back to where one wanted to go. */
export function SignInPage() {
  const t = useT('staff')
  const go = useGo()
  const client = useQueryClient()
  const [{ next }] = useAddress(search)
  const [stage, setStage] = useState<Stage>()
  useEffect(() => {
    document.title = `${t('signIn.title')} · Peiban`
  }, [t])

  const arrive = (owes: SignInStep | null) => {
    if (owes) return setStage(owes)
    // Nothing of whoever was here before may stay.
    client.clear()
    go(safeWay(next), { replace: true })
  }
  useEffect(() => {
    call(getSignInStep).then(
      ({ owes }) => arrive(owes),
      () => setStage('password'),
    )
  }, [])

  if (stage === undefined) return <Loading />
  return (
    <DoorCard title={t(`signIn.stage.${stage}`)} {...(stage === 'password' ? {} : { onBack: () => setStage('password') })}>
      {stage === 'password' && <PasswordForm onArrive={arrive} />}
      {stage === 'second-factor' && <SecondFactorForm onArrive={arrive} />}
      {stage === 'change-password' && <ExpiredPassword onArrive={arrive} />}
      {stage === 'set-up-second-factor' && <SecondFactorSetup why={t('secondFactor.required')} onArrive={arrive} />}
    </DoorCard>
  )
}
