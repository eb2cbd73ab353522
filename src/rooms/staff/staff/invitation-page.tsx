import { useEffect, useState } from 'react'
import { call, DraftForm, Facts, Loading, ProblemAlert, useAction, useGo, useT } from '../../../platform/web/index.ts'
import { acceptInvitation, readInvitation } from '../contract/sign-in.ts'
import { DoorCard } from './door-card.tsx'
import { NewPassword } from './new-password.tsx'

interface Values {
  password: string
  again: string
}

/** Sets a first or a new password by a link. The token stands behind `#`, so that no server log ever holds it. */
export function InvitationPage() {
  const t = useT('staff')
  const go = useGo()
  const [token] = useState(() => location.hash.slice(1))
  const read = useAction(readInvitation)
  useEffect(() => {
    document.title = `${t('invitation.title')} · Peiban`
  }, [t])
  useEffect(() => read.mutate({ body: { token } }), [])
  const accept = async ({ password }: Values) => {
    const { owes } = await call(acceptInvitation, { body: { token, password } })
    go(owes ? '/sign-in' : '/', { replace: true })
  }
  if (read.error)
    return (
      <DoorCard title={t('invitation.title')}>
        <ProblemAlert problem={read.error} />
      </DoorCard>
    )
  if (!read.data) return <Loading />
  const { name, login, organization, purpose, passwordLengthMin } = read.data
  return (
    <DoorCard title={t(`invitation.${purpose}`, { name })}>
      <Facts
        items={[
          [t('signIn.organization'), organization],
          [t('signIn.login'), login],
        ]}
      />
      <div style={{ height: 16 }} />
      <DraftForm<Values> name="invitation" keepDraft={false} onSubmit={accept} submit={t('invitation.accept')}>
        <NewPassword name="password" lengthMin={passwordLengthMin} />
      </DraftForm>
    </DoorCard>
  )
}
