import { FormOutlined, SendOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Card, Empty, Loading, ProblemAlert, Row, Stack, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { invitationsOf, responsesOf } from '../contract/questionnaire.ts'
import { intakeSummary } from '../contract/intake.ts'
import { AnswersDrawer } from './answers-drawer.tsx'
import { ChooseDrawer } from './choose-drawer.tsx'
import { IntakeCard } from './intake-card.tsx'
import { InvitationRow } from './invitation-row.tsx'
import { InviteDrawer } from './invite-drawer.tsx'
import { ResponseRow } from './response-row.tsx'

/** 问卷: what a patient was asked, what they answered and what it came to. */
export function QuestionnaireTab({ patientId }: { patientId: string }) {
  const t = useT('questionnaire')
  const inviting = useOpened('invite')
  const reading = useOpened('answers')
  const asking = useOpened('ask')
  const params = { patientId: patientId as never }
  const responses = useApi(responsesOf, { params }, { keep: false })
  const canSend = responses.data?.can.send ?? false
  const intake = useApi(intakeSummary, { params }, { keep: false })
  const invitations = useApi(invitationsOf, { params }, { keep: false, enabled: canSend })
  const error = responses.error ?? invitations.error
  const retry = () => void Promise.all([responses.refetch(), canSend && invitations.refetch()])
  if (error) return <ProblemAlert problem={error} onRetry={retry} />
  if (!responses.data) return <Loading lines={5} />
  const send = canSend && (
    <Button type="primary" icon={<SendOutlined />} onClick={() => inviting.open('new')}>
      {t('tab.send')}
    </Button>
  )
  const ask = responses.data.can.answer && (
    <Button icon={<FormOutlined />} onClick={() => asking.open('new')}>
      {t('tab.ask')}
    </Button>
  )
  const actions = (send || ask) && (
    <Row>
      {send}
      {ask}
    </Row>
  )
  const open = invitations.data?.rows.filter(({ state }) => state === 'open' || state === 'locked') ?? []
  const { rows } = responses.data
  const summary = intake.data?.summary
  return (
    <Stack>
      {rows.length + open.length === 0 ? (
        <Empty title={t('tab.empty')} action={actions} />
      ) : (
        <>
          {actions}
          {summary && (
            <IntakeCard patientId={patientId} summary={summary} onRead={() => reading.open(summary.responseId)} />
          )}
          {open.map((invitation) => (
            <Card key={invitation.id}>
              <InvitationRow invitation={invitation} />
            </Card>
          ))}
          {rows.map((response) => (
            <Card key={response.id}>
              <ResponseRow response={response} onRead={() => reading.open(response.id)} />
            </Card>
          ))}
        </>
      )}
      {canSend && <InviteDrawer patientId={patientId} open={inviting.id !== undefined} onClose={inviting.close} />}
      <ChooseDrawer patientId={patientId} open={asking.id !== undefined} onClose={asking.close} />
      <AnswersDrawer patientId={patientId} responseId={reading.id} onClose={reading.close} />
    </Stack>
  )
}
