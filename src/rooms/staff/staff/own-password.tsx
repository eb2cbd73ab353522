import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { DateText, useSay, useT, useTimeZone } from '../../../platform/web/index.ts'
import { dateIn } from '../../../platform/clock.ts'
import { listSessions } from '../contract/account.ts'
import { me } from '../contract/staff.ts'
import { ChangePasswordForm } from './change-password-form.tsx'

/** Until when the password counts, and its change. */
export function OwnPassword({ expiresAt, lengthMin }: { expiresAt: string | null; lengthMin: number }) {
  const t = useT('staff')
  const say = useSay()
  const client = useQueryClient()
  const timeZone = useTimeZone()
  const [open, setOpen] = useState(false)
  const done = () => {
    setOpen(false)
    say.done(t('password.changed'))
    for (const { name } of [me, listSessions]) void client.invalidateQueries({ queryKey: [name] })
  }
  if (open) return <ChangePasswordForm lengthMin={lengthMin} onDone={done} onCancel={() => setOpen(false)} />
  return (
    <>
      <p style={{ margin: '0 0 12px' }}>
        {expiresAt ? (
          <>
            {t('password.until')} <DateText date={dateIn(new Date(expiresAt), timeZone)} />
          </>
        ) : (
          t('password.forEver')
        )}
      </p>
      <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
    </>
  )
}
