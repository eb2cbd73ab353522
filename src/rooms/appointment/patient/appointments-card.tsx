import type { OutputOf } from '../../../platform/contract/index.ts'
import { Card, useLocale, useMay, useOwn, useT, useWhose } from '../../../platform/patient-web/index.ts'
import { listMyAppointments } from '../contract/own.ts'

const SHOWN = 5

type Mine = OutputOf<typeof listMyAppointments>['rows'][number]
const where = ({ department, practitioner, place }: Mine) =>
  [department, practitioner, place].filter(Boolean).join(' · ')

/** On the home page: when and where one is expected, and what to bring; nothing where nothing is booked. */
export function AppointmentsCard() {
  const t = useT('appointment')
  const locale = useLocale()
  const whose = useWhose()
  const may = useMay()
  const { data } = useOwn(listMyAppointments)
  if (!data || data.rows.length === 0) return null
  const words = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    return (on: string) => made.format(new Date(`${on}T00:00:00Z`))
  }
  const [day, weekday] = [words({ month: 'long', day: 'numeric' }), words({ weekday: 'short' })]
  return (
    <Card title={t(whose ? 'my.theirs' : 'my.title')}>
      {data.rows.slice(0, SHOWN).map((one) => (
        <div key={one.id}>
          <p>
            <strong>{t('my.when', { day: day(one.on), weekday: weekday(one.on), from: one.from })}</strong>{' '}
            {one.service}
            {one.moved && <span className="pp-hint"> {t('my.moved')}</span>}
          </p>
          {where(one) && <p>{where(one)}</p>}
          {one.bring && <p>{t('my.bring', { what: one.bring })}</p>}
        </div>
      ))}
      <p className="pp-hint">{t(!whose ? 'my.change' : may('place') ? 'my.timeAndPlace' : 'my.timeAlone')}</p>
    </Card>
  )
}
