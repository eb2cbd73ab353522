import { useState } from 'react'
import {
  Card,
  Explained,
  Loaded,
  Nothing,
  OwnPage,
  PageParts,
  call,
  useT,
} from '../../../platform/patient-web/index.ts'
import { myReminder, type MyPlanView } from '../contract/check-in.ts'
import { ActionCard } from './action-card.tsx'
import { useTicks, type Ticks } from './use-ticks.ts'
import './plan.css'

type Plan = MyPlanView['plans'][number]

/** 我的方案: what is for today, with one press each. */
export function PlanPage() {
  const t = useT('care-plan')
  const ticks = useTicks()
  return (
    <OwnPage title={t('my.title')}>
      {ticks.problem?.place === null && (
        <p className="pp-fault" role="alert">
          {ticks.problem.text}
        </p>
      )}
      {ticks.isStuck && (
        <p className="pp-hint" role="status">
          {t('my.kept', { count: ticks.kept.size })}
        </p>
      )}
      <Loaded of={ticks.plan}>
        {(data) =>
          data.plans.length === 0 ? (
            <Nothing>{t('my.none')}</Nothing>
          ) : (
            <>
              {data.plans.map((plan) => (
                <PlanPart key={plan.id} plan={plan} ticks={ticks} />
              ))}
              <PageParts of="/my/plan" parameter="" />
              <Reminder given={data.reminder} />
            </>
          )
        }
      </Loaded>
    </OwnPage>
  )
}

function PlanPart({ plan, ticks }: { plan: Plan; ticks: Ticks }) {
  const t = useT('care-plan')
  const [today, yesterday] = plan.days
  const missed = (yesterday?.actions ?? []).filter(({ given }) => given === null)
  return (
    <section aria-label={plan.title}>
      <p className="pp-context">
        {plan.title} · {t('my.signedBy', { name: plan.doctorName })}
      </p>
      {plan.paused ? <Nothing>{t('my.paused')}</Nothing> : null}
      {plan.activeDays > 0 && <p>{t('my.week', { days: plan.activeDays })}</p>}
      {today && today.actions.length > 0 && (
        <>
          <h2 className="mp-day">{t('my.today')}</h2>
          {today.actions.map((action) => (
            <ActionCard key={action.key} planId={plan.id} on={today.on} action={action} ticks={ticks} />
          ))}
        </>
      )}
      {yesterday && missed.length > 0 && plan.startedOn <= yesterday.on && (
        <details className="mp-yesterday">
          <summary>{t('my.yesterday')}</summary>
          {missed.map((action) => (
            <ActionCard key={action.key} planId={plan.id} on={yesterday.on} action={action} ticks={ticks} />
          ))}
        </details>
      )}
      {plan.goals.length > 0 && (
        <Card title={t('my.goals')}>
          <ul className="mp-goals">
            {plan.goals.map((goal) => (
              <li key={`${goal.target} ${goal.words}`}>
                <strong>
                  <Explained text={goal.target || goal.words} />
                </strong>
                {goal.now && <span className="pp-hint">{t('my.now', { value: goal.now, on: goal.nowOn ?? '' })}</span>}
                {goal.met && <span className="mp-met">{t('my.met')}</span>}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </section>
  )
}

const HOURS = [7, 8, 12, 18, 20]

/** Off until asked for; at the hour one chooses. */
function Reminder({ given }: { given: MyPlanView['reminder'] }) {
  const t = useT('care-plan')
  const [now, setNow] = useState(given)
  const [failed, setFailed] = useState(false)
  const keep = (body: MyPlanView['reminder']) => {
    const before = now
    setNow(body)
    setFailed(false)
    call(myReminder, { body }).catch(() => {
      setNow(before)
      setFailed(true)
    })
  }
  return (
    <Card title={t('my.reminder')}>
      <label className="pp-check">
        <input type="checkbox" checked={now.wanted} onChange={(e) => keep({ ...now, wanted: e.target.checked })} />
        <span>{t('my.remindMe')}</span>
      </label>
      {now.wanted && (
        <label className="mp-at">
          {t('my.remindAt')}
          <select
            className="pp-input"
            value={now.minute}
            onChange={(e) => keep({ wanted: true, minute: Number(e.target.value) })}
          >
            {[...new Set([...HOURS.map((hour) => hour * 60), now.minute])]
              .toSorted((a, b) => a - b)
              .map((minute) => (
                <option key={minute} value={minute}>
                  {`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`}
                </option>
              ))}
          </select>
        </label>
      )}
      {failed && <p className="pp-fault">{t('my.notKept')}</p>}
    </Card>
  )
}
