import './care-plan.css'
import { DateText, useLocale, useT } from '../../../platform/web/index.ts'
import { cadenceWords } from '../contract/compare.ts'
import type { PlanContent } from '../contract/words.ts'
import { indicatorWords } from '../../tag/staff/indicator-words.ts'
import { SIGNS } from './words.ts'

/** A plan as it will read, before it counts. */
export function PlanText({ content }: { content: PlanContent }) {
  const t = useT('care-plan')
  const locale = useLocale()
  return (
    <div className="cp-text">
      {content.goals.length > 0 && (
        <div>
          <h4>{t('goals.title')}</h4>
          <ul>
            {content.goals.map((goal) => {
              const indicator = goal.code ? indicatorWords(goal.code, locale) : undefined
              return (
                <li key={goal.key}>
                  {indicator &&
                    goal.comparator &&
                    `${indicator.name} ${SIGNS[goal.comparator]} ${goal.value} ${indicator.unit} `}
                  {goal.words}
                  {goal.byOn && (
                    <span className="pb-hint">
                      {' '}
                      {t('goals.by')} <DateText date={goal.byOn} />
                    </span>
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      )}
      <div>
        <h4>{t('actions.title')}</h4>
        <ul>
          {content.actions.map((action) => (
            <li key={action.key}>
              {action.title} <span className="pb-hint">{cadenceWords(action.cadence, locale)}</span>
              {action.words && <div className="pb-hint">{action.words}</div>}
            </li>
          ))}
        </ul>
      </div>
      {content.steps.length > 0 && (
        <div>
          <h4>{t('steps.title')}</h4>
          <ul>
            {content.steps.map((step) => (
              <li key={step.day}>
                {t('steps.day', { day: step.day })} {step.title}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
