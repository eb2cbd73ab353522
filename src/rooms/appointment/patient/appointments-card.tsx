import { Card, useLocale, useOwn, useT } from '../../../platform/patient-web/index.ts'
import { listMyAppointments } from '../contract/own.ts'

const SHOWN = 5

/** On the home page: when and where one is expected, and what to bring; nothing where nothing is booked. */
export function AppointmentsCard() {
  const t = useT('appointment')
  const locale = useLocale()
  const { data } = useOwn(listMyAppointments)
  if (!data || data.rows.length === 0) return null
  const words = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (on: string) => made.format(new Date(`${on}T00:00:00Z`))
  }
  const [day, weekday] = [words({ month: 'long', day: 'numeric' }), words({ weekday: 'short' })]
  return (
    <Card title={t('my.title')}>
      {data.rows.slice(0, SHOWN).map((one) => (
        <div key={one.id}>
          <p>
            <strong>{t('my.when', { day: day(one.on), weekday: weekday(one.on), from: one.from })}</strong>{' '}
            {one.service}
            {one.moved && <span className="pp-hint"> {t('my.moved')}</span>}
          </p>
          <p>{[one.department, one.practitioner, one.place].filter(Boolean).join(' · ')}</p>
          {one.bring && <p>{t('my.bring', { what: one.bring })}</p>}
        </div>
      ))}
      <p className="pp-hint">{t('my.change')}</p>
    </Card>
  )
}
