import { useT } from '../../../platform/patient-web/index.ts'
import { GOOD_HOURS_CHOICES, type GoodHoursChoice } from '../../patient/contract/good-hours.ts'
import type { Wishes } from '../contract/own.ts'

const CHOICES = Object.keys(GOOD_HOURS_CHOICES) as GoodHoursChoice[]
const GRID = {
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(6.4rem, 1fr))',
  columnGap: '1rem',
} as const
const TITLE = { margin: '0 0 0.2rem', fontSize: '1.1rem' } as const

/** 我方便的时间: one tap. What staff have written down in other words stands until something is chosen. */
export function GoodHours(props: { hours: Wishes['goodHours']; onChoose: (choice: GoodHoursChoice) => void }) {
  const { choice, words, from, to } = props.hours
  const t = useT('message')
  return (
    <section className="pp-card" aria-labelledby="good-hours">
      <h2 id="good-hours" style={TITLE}>
        {t('my.wishes.hours.title')}
      </h2>
      <p className="pp-hint">{t('my.wishes.hours.text')}</p>
      {choice === null && (
        <p>
          {t('my.wishes.hours.own', { words })} {from === null && t('my.wishes.hours.unread')}
        </p>
      )}
      <div style={GRID} role="radiogroup" aria-labelledby="good-hours">
        {CHOICES.map((one) => (
          <label key={one} className="pp-check">
            <input type="radio" name="good-hours" checked={choice === one} onChange={() => props.onChoose(one)} />
            <span>{t(`my.wishes.hours.${one}`)}</span>
          </label>
        ))}
      </div>
      <p className="pp-hint">
        {from && to && `${t('my.wishes.hours.read', { from, to })} `}
        {t('my.wishes.hours.night')}
      </p>
    </section>
  )
}
