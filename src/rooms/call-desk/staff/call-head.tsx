import { Button } from 'antd'
import { useEffect, useReducer } from 'react'
import { systemClock } from '../../../platform/clock.ts'
import { DateText, Go, KeyHint, Row, Status, useShortcut, useT } from '../../../platform/web/index.ts'
import type { CallSession } from '../contract/session.ts'
import { PhoneNumber } from './phone-number.tsx'
import { clockText, useSaid, Who } from './words.tsx'

/** Who is called, why, and for how long the talk has lasted. */
export function CallHead({ session, onTalk }: { session: CallSession; onTalk: () => void }) {
  const t = useT('call-desk')
  const said = useSaid()
  const { patient, state } = session
  useShortcut('s', onTalk)
  return (
    <section className="pb-card" aria-label={t('head.title')}>
      <div className="cd-head">
        <div>
          <h2 className="cd-name" tabIndex={-1}>
            <Go to={`/patients/${patient.id}`}>{patient.name}</Go>
          </h2>
          <Row>
            <Who patient={patient} />
            {patient.called && <span>{t('head.called', { name: patient.called })}</span>}
            {patient.phoneField === 'guardian-phone' && <Status tone="due">{t('head.guardian')}</Status>}
          </Row>
        </div>
        <PhoneNumber key={session.id} session={session} />
      </div>
      <p className="cd-why">
        <strong>{said(session.title) || t('subject.task')}</strong>
        {session.untilOn && (
          <span className="pb-hint">
            {' '}
            {t('queue.until')} <DateText date={session.untilOn} />
          </span>
        )}
      </p>
      {session.request && <p className="cd-request">{session.request}</p>}
      {session.because && <p className="pb-hint">{t('head.because', { because: session.because })}</p>}
      {patient.mainWorry && (
        <p className="cd-worry">
          <span className="pb-hint">{t('head.worry')}</span> {patient.mainWorry}
        </p>
      )}
      <Wishes session={session} />
      {state === 'claimed' && (
        <Button type="primary" onClick={onTalk}>
          {t('act.talk')} <KeyHint keys={['s']} />
        </Button>
      )}
      {state === 'talking' && session.talkBeganAt && <TalkTime since={session.talkBeganAt} />}
    </section>
  )
}

function Wishes({ session: { patient } }: { session: CallSession }) {
  const t = useT('call-desk')
  const wishes = [
    patient.goodHours && t('head.goodHours', { words: patient.goodHours }),
    patient.goodHoursNoted && t('head.goodHoursNoted', { words: patient.goodHoursNoted }),
    patient.dialect && t('head.dialect', { words: patient.dialect }),
    patient.leaveAlone && t('head.leaveAlone', { words: patient.leaveAlone }),
  ].filter(Boolean)
  return wishes.length > 0 ? <p className="pb-hint">{wishes.join(' · ')}</p> : null
}

function TalkTime({ since }: { since: string }) {
  const t = useT('call-desk')
  const [, again] = useReducer((count: number) => count + 1, 0)
  useEffect(() => {
    const timer = setInterval(again, 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.round((systemClock.now().getTime() - new Date(since).getTime()) / 1000))
  return (
    <p className="cd-talk">
      <Status tone="good">{t('head.talking')}</Status> <span className="pb-number">{clockText(seconds)}</span>
    </p>
  )
}
