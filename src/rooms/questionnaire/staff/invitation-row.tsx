import { Button, Typography } from 'antd'
import { useState } from 'react'
import { InstantText, ProblemAlert, Row, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { codeForKiosk } from '../contract/kiosks.ts'
import { invitationsOf, withdrawInvitation, type InvitationView } from '../contract/questionnaire.ts'
import { useWords } from './response-row.tsx'

/** A link that waits for its answers. */
export function InvitationRow({ invitation }: { invitation: InvitationView }) {
  const t = useT('questionnaire')
  const say = useSay()
  const inWords = useWords()
  const withdraw = useAction(withdrawInvitation, {
    invalidates: [invitationsOf],
    onDone: () => say.done(t('invitation.withdrawn')),
  })
  const [code, setCode] = useState<{ code: string; until: string }>()
  const draw = useAction(codeForKiosk, { onDone: setCode })
  const isLocked = invitation.state === 'locked'
  return (
    <Stack tight>
      <Row>
        <strong>{inWords(invitation.title)}</strong>
        <Status tone={isLocked ? 'danger' : 'due'}>
          {t(isLocked ? 'invitation.locked' : invitation.openedAt ? 'invitation.begun' : 'invitation.waiting')}
        </Status>
        <span className="pb-hint">
          {t('invitation.sentBy', { name: invitation.sentBy })} <InstantText at={invitation.sentAt} />
        </span>
      </Row>
      {(invitation.sentByMessage || invitation.nextReminderAt) && (
        <span className="pb-hint">
          {invitation.sentByMessage && t('invitation.mailed')}{' '}
          {invitation.nextReminderAt && (
            <>
              {t('invitation.nextReminder')} <InstantText at={invitation.nextReminderAt} />
            </>
          )}
        </span>
      )}
      {code && (
        <p>
          {t('invitation.code')}{' '}
          <Typography.Text strong className="pb-number" copyable>
            {`${code.code.slice(0, 3)} ${code.code.slice(3)}`}
          </Typography.Text>{' '}
          <span className="pb-hint">
            {t('invitation.codeUntil')} <InstantText at={code.until} />
          </span>
        </p>
      )}
      <ProblemAlert problem={draw.error} />
      {isLocked && <span className="pb-hint">{t('invitation.lockedHint')}</span>}
      {!isLocked && (
        <Row>
          <Button loading={draw.isPending} onClick={() => draw.mutate({ params: { invitationId: invitation.id } })}>
            {t('invitation.drawCode')}
            <span className="pb-sr">{inWords(invitation.title)}</span>
          </Button>
          <Button
            danger
            type="text"
            loading={withdraw.isPending}
            onClick={() => withdraw.mutate({ params: { invitationId: invitation.id } })}
          >
            {t('invitation.withdraw')}
            <span className="pb-sr">{inWords(invitation.title)}</span>
          </Button>
        </Row>
      )}
    </Stack>
  )
}
