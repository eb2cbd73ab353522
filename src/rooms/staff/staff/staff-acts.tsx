import { Button } from 'antd'
import { useState } from 'react'
import { type Reach, ProblemAlert, Row, Stack, useAction, useConfirmReach, useSay, useT } from '../../../platform/web/index.ts'
import { disableStaff, enableStaff, endSessions, getStaff, issueLink, listStaff, resetSecondFactor, type StaffAccount, unlockStaff } from '../contract/administration.ts'
import { LinkShown, type ShownLink } from './link-shown.tsx'

/** What a security administrator does with somebody else's account. */
export function StaffActs({ account }: { account: StaffAccount }) {
  const t = useT('staff')
  const say = useSay()
  const confirm = useConfirmReach()
  const [link, setLink] = useState<ShownLink>()
  const after = (text: string) => ({ invalidates: [listStaff, getStaff], onDone: () => say.done(t(text, { name: account.name })) })
  const issue = useAction(issueLink, { onDone: setLink })
  const unlock = useAction(unlockStaff, after('acts.unlocked'))
  const reset = useAction(resetSecondFactor, after('acts.factorReset'))
  const end = useAction(endSessions, after('acts.sessionsEnded'))
  const enable = useAction(enableStaff, after('acts.enabled'))
  const disable = useAction(disableStaff, after('acts.disabled'))
  const input = { params: { staffId: account.id } }
  const asked = async (key: 'disable' | 'reset', run: () => void) => {
    const reach: Reach = {
      title: t(`acts.ask.${key}.title`, { name: account.name }),
      reach: [t(`acts.ask.${key}.effect`), t(`acts.ask.${key}.stays`)],
      verb: t(`acts.ask.${key}.verb`),
      danger: key === 'disable',
    }
    if (await confirm(reach)) run()
  }
  const problem = [issue, unlock, reset, end, enable, disable].find((act) => act.error)?.error
  const isOpen = account.state !== 'disabled'
  return (
    <Stack tight>
      <ProblemAlert problem={problem} />
      {link && <LinkShown link={link} name={account.name} />}
      <Row>
        {isOpen && (
          <Button loading={issue.isPending} onClick={() => issue.mutate(input)}>
            {t(account.state === 'invited' ? 'acts.inviteAgain' : 'acts.resetPassword')}
          </Button>
        )}
        {account.lockedUntil && (
          <Button loading={unlock.isPending} onClick={() => unlock.mutate(input)}>
            {t('acts.unlock')}
          </Button>
        )}
        {account.secondFactor && (
          <Button loading={reset.isPending} onClick={() => void asked('reset', () => reset.mutate(input))}>
            {t('acts.resetFactor')}
          </Button>
        )}
        {account.state === 'active' && (
          <Button loading={end.isPending} onClick={() => end.mutate(input)}>
            {t('acts.endSessions')}
          </Button>
        )}
        {isOpen ? (
          <Button danger loading={disable.isPending} onClick={() => void asked('disable', () => disable.mutate(input))}>
            {t('acts.disable')}
          </Button>
        ) : (
          <Button loading={enable.isPending} onClick={() => enable.mutate(input)}>
            {t('acts.enable')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}
