import { useState } from 'react'
import { call, Card, Explained, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { wishMine } from '../contract/own.ts'
import { CallUs } from './call-us.tsx'
import type { MyInterpretation, PartProps } from './interpretation-page.tsx'
import { useWhen } from './use-when.ts'
import './interpretation.css'

type Outcome = NonNullable<MyInterpretation['outcome']>

/** What the doctor wrote: what it comes to, what it means, what can be done, what happens next. */
export function OutcomePart({ of, onChanged }: PartProps) {
  const t = useT('interpretation')
  const { day } = useWhen()
  const { outcome } = of
  if (!outcome) return null
  return (
    <>
      {outcome.corrects && <p role="status">{t('my.corrected', { because: outcome.because })}</p>}
      <section className="pp-card pp-talk-grade" data-grade={outcome.grade}>
        <h2>{t(`my.grade.${outcome.grade}.title`)}</h2>
        <p>{t(`my.grade.${outcome.grade}.text`)}</p>
        {outcome.grade === 'urgent' && <CallUs />}
      </section>
      <Card title={t('my.meaning')}>
        <p className="pp-talk-text">
          <Explained text={outcome.meaning} />
        </p>
        <p className="pp-hint">{t('my.signed', { name: outcome.signedBy, day: day(outcome.signedOn) })}</p>
      </Card>
      <Next outcome={outcome} />
      <Options outcome={outcome} />
      <Recheck of={of} outcome={outcome} onChanged={onChanged} />
      <Monthly of={of} outcome={outcome} onChanged={onChanged} />
    </>
  )
}

function Next({ outcome: { next } }: { outcome: Outcome }) {
  const t = useT('interpretation')
  if (next.length === 0) return null
  return (
    <Card title={t('my.next')}>
      <ol className="pp-talk-list">
        {next.map(({ what, by, who }) => (
          <li key={what}>
            <strong>
              <Explained text={what} />
            </strong>
            <span className="pp-hint">
              {by ? t('my.nextLine', { who: t(`my.who.${who}`), by }) : t(`my.who.${who}`)}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Options({ outcome: { options, ifNothing } }: { outcome: Outcome }) {
  const t = useT('interpretation')
  if (options.length === 0 && !ifNothing) return null
  return (
    <Card title={t('my.options')}>
      {options.map(({ title, pros, cons }) => (
        <div key={title} className="pp-talk-option">
          <h3>
            <Explained text={title} />
          </h3>
          {pros && <p>{t('my.pros', { text: pros })}</p>}
          {cons && <p>{t('my.cons', { text: cons })}</p>}
        </div>
      ))}
      {ifNothing && <p className="pp-talk-option">{t('my.ifNothing', { text: ifNothing })}</p>}
    </Card>
  )
}

/** Offered and never pressed: no countdown, no reminder that the person has not asked for (R4). */
function Recheck({ of, outcome: { recheck, recheckReminder }, onChanged }: PartProps & { outcome: Outcome }) {
  const t = useT('interpretation')
  const { day } = useWhen()
  const act = useAct(onChanged)
  const whose = useWhose()
  if (!recheck) return null
  const wish = (wanted: boolean) =>
    act.run(() => call(wishMine, { params: { orderId: of.id }, body: { recheckReminder: wanted } }))
  return (
    <Card title={t('my.recheck.title')}>
      <p>{t('my.recheck.text', { from: day(recheck.from), until: day(recheck.until), what: recheck.what })}</p>
      <p>{t('my.recheck.free')}</p>
      {recheckReminder && <p role="status">{t('my.recheck.reminded')}</p>}
      {!whose && (
        <button
          type="button"
          className="pp-button pp-wide"
          data-kind="second"
          disabled={act.busy}
          onClick={() => wish(!recheckReminder)}
        >
          {t(recheckReminder ? 'my.recheck.stop' : 'my.recheck.remind')}
        </button>
      )}
      <p className="pp-fault" role="alert">
        {act.fault}
      </p>
    </Card>
  )
}

function Monthly({ of, outcome: { monthly }, onChanged }: PartProps & { outcome: Outcome }) {
  const t = useT('interpretation')
  const [asking, setAsking] = useState(false)
  const act = useAct(onChanged)
  const whose = useWhose()
  if (!monthly || whose) return null
  const stop = () => act.run(() => call(wishMine, { params: { orderId: of.id }, body: { monthly: false } }))
  return (
    <Card title={t('my.monthly.title')}>
      <p>{t('my.monthly.text', { count: monthly.months })}</p>
      {asking ? (
        <>
          <p>{t('my.monthly.sure')}</p>
          <button type="button" className="pp-button pp-wide" data-kind="second" disabled={act.busy} onClick={stop}>
            {t('my.monthly.do')}
          </button>
        </>
      ) : (
        <button type="button" className="pp-quiet" onClick={() => setAsking(true)}>
          {t('my.monthly.stop')}
        </button>
      )}
      <p className="pp-fault" role="alert">
        {act.fault}
      </p>
    </Card>
  )
}

function useAct(onChanged: () => void) {
  const [fault, setFault] = useState('')
  const [busy, setBusy] = useState(false)
  const run = (use: () => Promise<unknown>) => {
    setBusy(true)
    setFault('')
    use()
      .then(onChanged, (error: unknown) => setFault((error as { title: string }).title))
      .finally(() => setBusy(false))
  }
  return { fault, busy, run }
}
