import { Button } from 'antd'
import { InstantText, Row, Stack, Status, useAction, useSay, useT } from '../../../platform/web/index.ts'
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
      {isLocked && <span className="pb-hint">{t('invitation.lockedHint')}</span>}
      {!isLocked && (
        <Row>
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
