import type { ReactNode } from 'react'
import { call, Card, useT } from '../../../platform/web/index.ts'
import { signOut } from '../contract/sign-in.ts'

export interface DoorCardProps {
  title: string
  /** Another account: ends the unfinished session and begins anew. */
  onBack?: () => void
  children: ReactNode
}

/** The card before the door: signing in, an invitation. */
export function DoorCard({ title, onBack, children }: DoorCardProps) {
  const t = useT('staff')
  const back = () => void call(signOut).catch(() => undefined).then(onBack)
  return (
    <div style={{ maxWidth: 420, margin: '6vh auto 0' }}>
      <Card>
        <h1 style={{ marginTop: 0 }}>{title}</h1>
        {children}
        {onBack && (
          <p style={{ margin: '16px 0 0' }}>
            <button type="button" className="pb-link" onClick={back}>
              {t('signIn.other')}
            </button>
          </p>
        )}
      </Card>
    </div>
  )
}
