import { DateText, Quantity, Status, useT } from '../../../platform/web/index.ts'
import type { GoalView } from '../contract/plan.ts'
import { changeWords, SIGNS } from './words.ts'

const ARROWS = { up: '↑', down: '↓', same: '→' } as const

/** Goals with the value now, where it has gone since the plan began, and whether it is there. */
export function GoalRows({ goals }: { goals: readonly GoalView[] }) {
  const t = useT('care-plan')
  if (goals.length === 0) return null
  return (
    <section aria-label={t('goals.title')}>
      <h3>{t('goals.title')}</h3>
      <ul className="cp-goals">
        {goals.map((goal) => (
          <li key={goal.key}>
            <div className="cp-goal-name">
              {goal.name || goal.words}
              {goal.comparator && goal.value !== null && (
                <strong className="pb-number">
                  {' '}
                  {SIGNS[goal.comparator]} {goal.value} <span className="pb-unit">{goal.unitPrinted}</span>
                </strong>
              )}
              {goal.name && goal.words && <span className="pb-hint"> {goal.words}</span>}
              {goal.byOn && (
                <span className="pb-hint">
                  {' '}
                  {t('goals.by')} <DateText date={goal.byOn} />
                </span>
              )}
            </div>
            {goal.code && <GoalNow goal={goal} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function GoalNow({ goal }: { goal: GoalView }) {
  const t = useT('care-plan')
  if (!goal.current) return <span className="pb-hint">{t('goals.noValue')}</span>
  return (
    <div className="cp-goal-now">
      <span title={changeWords(t, goal)}>
        {goal.direction && <span aria-hidden="true">{ARROWS[goal.direction]} </span>}
        <Quantity value={goal.current.value.toFixed(goal.decimals)} unit={goal.unitPrinted} />
      </span>
      <span className="pb-hint">
        <DateText date={goal.current.on} /> {changeWords(t, goal)}
        {goal.before &&
          goal.before.id !== goal.current.id &&
          ` · ${t('goals.before', { value: goal.before.value.toFixed(goal.decimals) })}`}
      </span>
      {goal.met !== null && (
        <Status tone={goal.met ? 'good' : 'plain'}>{t(goal.met ? 'goals.met' : 'goals.notYet')}</Status>
      )}
    </div>
  )
}
