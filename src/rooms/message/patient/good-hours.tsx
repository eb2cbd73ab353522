import { useT } from '../../../platform/patient-web/index.ts'
import { AS_NOTED, GOOD_HOURS_CHOICES, type GoodHoursChoice } from '../../patient/contract/good-hours.ts'
import type { Wishes } from '../contract/own.ts'

const CHOICES = Object.keys(GOOD_HOURS_CHOICES) as GoodHoursChoice[]
const GRID = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(6.4rem, 1fr))',
  columnGap: '1rem',
} as const
const TITLE = { margin: '0 0 0.2rem', fontSize: '1.1rem' } as const

const WHOLE = { gridColumn: '1 / -1', marginTop: '0.4rem' } as const

export type Hours = GoodHoursChoice | typeof AS_NOTED

/** 我方便的时间: one tap. What staff have written down in other words stays among the choices, to go back to. */
export function GoodHours(props: { hours: Wishes['goodHours']; onChoose: (choice: Hours) => void }) {
  const { choice, noted, from, to } = props.hours
  const t = useT('message')
  const one = (of: Hours, text: string, style?: typeof WHOLE) => (
    <label key={of} className="pp-check" style={style}>
      <input type="radio" name="good-hours" checked={(choice ?? AS_NOTED) === of} onChange={() => props.onChoose(of)} />
      <span>{text}</span>
    </label>
  )
  return (
    <section className="pp-card" aria-labelledby="good-hours">
      <h2 id="good-hours" style={TITLE}>
        {t('my.wishes.hours.title')}
      </h2>
      <p className="pp-hint">{t('my.wishes.hours.text')}</p>
      <div style={GRID} role="radiogroup" aria-labelledby="good-hours">
        {noted && one(AS_NOTED, t('my.wishes.hours.own', { words: noted }), WHOLE)}
        {CHOICES.map((of) => one(of, t(`my.wishes.hours.${of}`)))}
      </div>
      {choice === null && from === null && <p className="pp-hint">{t('my.wishes.hours.unread')}</p>}
      <p className="pp-hint">
        {from && to && `${t('my.wishes.hours.read', { from, to })} `}
        {t('my.wishes.hours.night')}
      </p>
    </section>
  )
}
