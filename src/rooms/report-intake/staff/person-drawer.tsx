import { Alert, Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  Facts,
  Go,
  InstantText,
  ProblemAlert,
  Row,
  SexAge,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { intakeOverview } from '../contract/overview.ts'
import { getUnmatched, listUnmatched, reopenPerson, setPersonAside, settlePerson } from '../contract/persons.ts'
import { CandidateCard, Messages, OtherPatient } from './person-parts.tsx'
import { QueueDrawer } from './queue.tsx'
import { RegisterForm } from './register-form.tsx'

type Detail = OutputOf<typeof getUnmatched>

interface DrawerProps {
  personId: string | undefined
  onClose: () => void
  /** To the next in the list, after a decision. */
  onNext: () => void
}

/** One person as their sender names them, beside those they may be. */
export function PersonDrawer({ personId, onClose, onNext }: DrawerProps) {
  const t = useT('report-intake')
  const answer = useApi(
    getUnmatched,
    { params: { personId: (personId ?? '') as never } },
    { enabled: personId !== undefined, keep: false },
  )
  return (
    <QueueDrawer
      title={answer.data?.person.name || t('person.title')}
      open={personId !== undefined}
      onClose={onClose}
      widthPx={880}
      answer={answer}
    >
      {(data) => <Decision key={personId} detail={data} onNext={onNext} />}
    </QueueDrawer>
  )
}

const ACTS = { invalidates: [listUnmatched, getUnmatched, intakeOverview] }

function Decision({ detail, onNext }: { detail: Detail; onNext: () => void }) {
  const t = useT('report-intake')
  const say = useSay()
  const { person, candidates, hidden, messages, can } = detail
  const [registering, setRegistering] = useState(false)
  const params = { personId: person.id }
  const settle = useAction(settlePerson, {
    ...ACTS,
    onDone: () => {
      say.done(t('person.done', { count: person.reports }))
      onNext()
    },
  })
  const aside = useAction(setPersonAside, {
    ...ACTS,
    onDone: () => {
      say.done(t('person.asideDone'))
      onNext()
    },
  })
  const reopen = useAction(reopenPerson, { ...ACTS, onDone: () => say.done(t('person.reopened')) })
  const choose = (patientId: string) =>
    settle.mutate({ params, body: { version: person.version, patientId: patientId as never } })
  const isOpen = person.state === 'open'
  return (
    <Stack>
      <ProblemAlert problem={settle.error ?? aside.error ?? reopen.error} />
      {!isOpen && (
        <Alert
          type="info"
          title={
            <>
              {t(`person.state.${person.state}`)} ·{' '}
              {person.patient ? <Go to={`/patients/${person.patient.id}`}>{person.patient.name}</Go> : null}{' '}
              {person.settledBy} <InstantText at={person.settledAt} />
            </>
          }
          action={
            can.match ? (
              <Button
                size="small"
                loading={reopen.isPending}
                onClick={() => reopen.mutate({ params, body: { version: person.version } })}
              >
                {t('person.reopen', { count: person.reports })}
              </Button>
            ) : null
          }
        />
      )}
      <Card title={t('person.sent')}>
        <Facts
          items={[
            [t('person.name'), person.name],
            [t('person.sexAge'), <SexAge key="s" sex={person.sex} birthDate={person.birthDate} />],
            [t('person.birthDate'), <DateText key="b" date={person.birthDate} />],
            [t('person.recordNumber'), person.recordNumber],
            [t('person.phone'), person.phoneMasked],
            [t('person.paper'), person.paperMasked],
            [t('overview.source'), person.source],
          ]}
        />
      </Card>
      {isOpen && (
        <>
          {person.reason === 'identity-differs' && <p className="pb-hint">{t('person.differsHint')}</p>}
          {candidates.map((candidate, index) => (
            <CandidateCard
              key={candidate.patient.id}
              candidate={candidate}
              canChoose={can.match}
              isFirst={index === 0}
              busy={settle.isPending}
              onChoose={() => choose(candidate.patient.id)}
            />
          ))}
          {candidates.length === 0 && <p className="pb-hint">{t('person.noCandidates')}</p>}
          {hidden > 0 && <p className="pb-hint">{t('person.hidden', { count: hidden })}</p>}
          {can.match && <OtherPatient onChoose={choose} />}
          <Row>
            {can.register && <Button onClick={() => setRegistering(!registering)}>{t('person.register')}</Button>}
            {can.match && (
              <Button
                loading={aside.isPending}
                onClick={() => aside.mutate({ params, body: { version: person.version, note: '' } })}
              >
                {t('person.aside')}
              </Button>
            )}
          </Row>
          {registering && <RegisterForm person={person} onDone={onNext} />}
        </>
      )}
      <Messages messages={messages} canOpen={can.open} />
    </Stack>
  )
}
