import { useState } from 'react'
import { Card, Loaded, Nothing, OwnPage, call, useT } from '../../../platform/patient-web/index.ts'
import { myMedicineReminder, type MyMedicineView } from '../contract/my.ts'
import { DoseCard } from './dose-card.tsx'
import { useTakes, type Takes } from './use-takes.ts'
import './medicine.css'

/** 今天的药: each dose of today with one press, and what yesterday still misses. */
export function MedicinePage() {
  const t = useT('medication')
  const takes = useTakes()
  return (
    <OwnPage title={t('my.title')}>
      {takes.problem?.place === null && (
        <p className="pp-fault" role="alert">
          {takes.problem.text}
        </p>
      )}
      {takes.isStuck && (
        <p className="pp-hint" role="status">
          {t('my.kept', { count: takes.kept.size })}
        </p>
      )}
      <Loaded of={takes.medicine}>
        {(data) =>
          data.taking.length === 0 && data.days.every(({ doses }) => doses.length === 0) ? (
            <Nothing>{t('my.none')}</Nothing>
          ) : (
            <>
              {data.resting ? <Nothing>{t('my.resting')}</Nothing> : <Days data={data} takes={takes} />}
              <Taking taking={data.taking} />
              <Reminder given={data.reminded} />
            </>
          )
        }
      </Loaded>
    </OwnPage>
  )
}

function Days({ data, takes }: { data: MyMedicineView; takes: Takes }) {
  const t = useT('medication')
  const [today, yesterday] = data.days
  const left = (yesterday?.doses ?? []).filter(({ given }) => given === null)
  const key = (dose: { scheduleId: string; minute: number }) => `${dose.scheduleId} ${dose.minute}`
  return (
    <>
      <h2 className="mm-day">{t('my.today')}</h2>
      {today?.doses.length === 0 && <Nothing>{t('my.nothingToday')}</Nothing>}
      {today?.doses.map((dose) => (
        <DoseCard key={key(dose)} on={today.on} dose={dose} takes={takes} />
      ))}
      {yesterday && left.length > 0 && (
        <details className="mm-yesterday">
          <summary>{t('my.yesterday', { count: left.length })}</summary>
          {left.map((dose) => (
            <DoseCard key={key(dose)} on={yesterday.on} dose={dose} takes={takes} />
          ))}
        </details>
      )}
    </>
  )
}

function Taking({ taking }: { taking: MyMedicineView['taking'] }) {
  const t = useT('medication')
  if (taking.length === 0) return null
  return (
    <Card title={t('my.taking')}>
      <ul className="mm-taking">
        {taking.map((one) => (
          <li key={one.id}>
            <strong>{one.name}</strong> {one.dose}
            <span className="pp-hint">
              {one.cadenceWords} · {t('my.by', { name: one.by })}
            </span>
          </li>
        ))}
      </ul>
      <p className="pp-hint">{t('my.askFirst')}</p>
    </Card>
  )
}

/** One press turns all of them off, at once. */
function Reminder({ given }: { given: boolean }) {
  const t = useT('medication')
  const [wanted, setWanted] = useState(given)
  const [failed, setFailed] = useState(false)
  const keep = (next: boolean) => {
    setWanted(next)
    setFailed(false)
    call(myMedicineReminder, { body: { wanted: next } }).catch(() => {
      setWanted(!next)
      setFailed(true)
    })
  }
  return (
    <Card title={t('my.reminder')}>
      <label className="pp-check">
        <input type="checkbox" checked={wanted} onChange={(e) => keep(e.target.checked)} />
        <span>{t('my.remindMe')}</span>
      </label>
      <p className="pp-hint">{wanted ? t('my.remindHint') : t('my.offHint')}</p>
      {failed && (
        <p className="pp-fault" role="alert">
          {t('my.notKept')}
        </p>
      )}
    </Card>
  )
}
