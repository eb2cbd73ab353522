import { Card, Go, Loading, ProblemAlert, Row, useApi, useT } from '../../../platform/web/index.ts'
import { getVisit } from '../../follow-up/contract/visit.ts'
import type { AnswerMoments } from '../../follow-up/staff/answer-moments.ts'
import { VisitDone } from '../../follow-up/staff/visit-done.tsx'
import { VisitForm } from '../../follow-up/staff/visit-form.tsx'
import type { CallSession } from '../contract/session.ts'

export interface CallAboutProps {
  session: CallSession
  moments: AnswerMoments
  onDone: () => void
}

/** What is filled while talking: the form of the follow-up; of a call that a colleague asked for, the way to a questionnaire. */
export function CallAbout({ session, moments, onDone }: CallAboutProps) {
  const t = useT('call-desk')
  if (session.subject.kind === 'follow-up' && session.can.form)
    return <Visit visitId={session.subject.id} moments={moments} onDone={onDone} />
  return (
    <Row>
      <span className="pb-hint">{t('about.task')}</span>
      <Go to={`/patients/${session.patient.id}?tab=questionnaires`}>{t('about.questionnaires')}</Go>
    </Row>
  )
}

function Visit({ visitId, moments, onDone }: { visitId: string; moments: AnswerMoments; onDone: () => void }) {
  const t = useT('call-desk')
  const { data, error, refetch } = useApi(getVisit, { params: { occurrenceId: visitId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  return (
    <Card title={t('about.form')}>
      {data.can.complete ? (
        <VisitForm visit={{ ...data, stepWay: 'phone' }} onDone={onDone} onAnswer={moments.tell} />
      ) : (
        <VisitDone visit={data} />
      )}
    </Card>
  )
}
