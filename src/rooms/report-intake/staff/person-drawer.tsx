import { Alert, Button, Select } from 'antd'
import { useState } from 'react'
import {
  Card,
  DateText,
  Facts,
  Go,
  InstantText,
  KeyHint,
  Loading,
  ProblemAlert,
  Row,
  SexAge,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { searchPatients } from '../../patient/contract/patient.ts'
import { intakeOverview } from '../contract/overview.ts'
import {
  COMPARED,
  getUnmatched,
  listUnmatched,
  reopenPerson,
  setPersonAside,
  settlePerson,
  type Candidate,
} from '../contract/persons.ts'
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
  const { data, error } = useApi(
    getUnmatched,
    { params: { personId: (personId ?? '') as never } },
    { enabled: personId !== undefined, keep: false },
  )
  return (
    <SideDrawer
      title={data?.person.name || t('person.title')}
      open={personId !== undefined}
      onClose={onClose}
      widthPx={880}
      extra={<KeyHint keys={['j']} />}
    >
      {error ? (
        <ProblemAlert problem={error} />
      ) : data ? (
        <Decision key={personId} detail={data} onNext={onNext} />
      ) : (
        <Loading />
      )}
    </SideDrawer>
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

const TONES = { same: 'good', differs: 'danger', unknown: 'plain' } as const

function CandidateCard({
  candidate: { patient, compared },
  canChoose,
  isFirst,
  busy,
  onChoose,
}: {
  candidate: Candidate
  canChoose: boolean
  isFirst: boolean
  busy: boolean
  onChoose: () => void
}) {
  const t = useT('report-intake')
  const shown = {
    name: patient.name,
    sex: t(`sex.${patient.sex}`),
    birthDate: patient.birthDate ?? '—',
    recordNumber: patient.recordNumber ?? '—',
    phone: patient.phoneMasked ?? '—',
  }
  return (
    <Card
      title={<Go to={`/patients/${patient.id}`}>{patient.name}</Go>}
      extra={
        canChoose && (
          <Button type={isFirst ? 'primary' : 'default'} loading={busy} onClick={onChoose}>
            {t('person.choose', { name: patient.name })}
          </Button>
        )
      }
    >
      <Facts
        items={COMPARED.map(
          (field) =>
            [
              t(`person.${field}`),
              <span key={field}>
                <span className="pb-number">{shown[field]}</span>{' '}
                <Status tone={TONES[compared[field]]}>{t(`person.compared.${compared[field]}`)}</Status>
              </span>,
            ] as const,
        )}
      />
    </Card>
  )
}

/** Somebody who is not among the candidates, by name, number or phone. */
function OtherPatient({ onChoose }: { onChoose: (patientId: string) => void }) {
  const t = useT('report-intake')
  const [text, setText] = useState('')
  const found = useApi(searchPatients, { query: { q: text } }, { enabled: text.trim().length > 0 })
  return (
    <Select
      showSearch
      filterOption={false}
      aria-label={t('person.other')}
      placeholder={t('person.other')}
      style={{ width: '100%' }}
      value={null}
      onSearch={setText}
      onSelect={(value: string | null) => value && onChoose(value)}
      notFoundContent={text === '' ? t('person.otherHint') : t('person.otherNone')}
      options={(text === '' ? [] : (found.data?.rows ?? [])).map((one) => ({
        value: one.id as string,
        label: [one.name, one.birthDate, one.phoneMasked, one.recordNumber].filter(Boolean).join(' · '),
      }))}
    />
  )
}

function Messages({ messages, canOpen }: { messages: Detail['messages']; canOpen: boolean }) {
  const t = useT('report-intake')
  return (
    <Card title={t('person.messages', { count: messages.length })}>
      <ul className="pb-reach">
        {messages.map((one) => (
          <li key={one.id}>
            <InstantText at={one.receivedAt} /> {one.title} <Status>{t(`state.${one.state}`)}</Status>{' '}
            {canOpen && one.state === 'needs-person' && (
              <Go to={`/intake?tab=troubles&message=${one.id}`}>{t('person.openMessage')}</Go>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
