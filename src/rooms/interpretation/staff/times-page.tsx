import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import {
  Card,
  DateText,
  Empty,
  Loading,
  Page,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useLocale,
  useMe,
  useOpened,
  useSay,
  useShortcut,
  useT,
  useTimeZone,
} from '../../../platform/web/index.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { listSlots, removeSlot } from '../contract/slot.ts'
import { byDay, weekdayOf, type OnDay } from './by-day.ts'
import { TimesForm } from './times-form.tsx'
import { CHANGED } from './words.tsx'
import './interpretation.css'

type Slot = OutputOf<typeof listSlots>['rows'][number]

/** 我的解读时间: what one has offered, day by day; free times go at a click. */
export function TimesPage() {
  const t = useT('interpretation')
  const me = useMe()
  const timeZone = useTimeZone()
  const locale = useLocale()
  const opened = useOpened('add')
  const { data, error, refetch } = useApi(listSlots, { query: { days: 62, doctorId: me.id } as never })
  useShortcut('n', () => opened.open('new'))
  const add = (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => opened.open('new')}>
      {t('times.add')}
    </Button>
  )
  return (
    <Page
      title={t('nav.times')}
      hint={t('times.hint')}
      actions={data && data.rows.length > 0 && add}
      breadcrumbs={[{ label: t('nav.board'), to: '/interpretations' }, { label: t('nav.times') }]}
    >
      {error && <ProblemAlert problem={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading lines={6} />}
      {data?.rows.length === 0 && <Empty title={t('times.empty')} hint={t('times.emptyHint')} action={add} />}
      {data && data.rows.length > 0 && (
        <Card>
          <Stack tight>
            {byDay(data.rows, timeZone).map(({ on, times }) => (
              <section key={on} className="it-day" aria-label={on}>
                <h3 style={{ flexBasis: '100%' }}>
                  <DateText date={on} /> <span className="pb-hint">{weekdayOf(on, locale)}</span>
                </h3>
                {times.map((slot) => (
                  <OneTime key={slot.id} slot={slot} />
                ))}
              </section>
            ))}
          </Stack>
        </Card>
      )}
      <SideDrawer title={t('times.add')} open={opened.id !== undefined} onClose={opened.close}>
        <TimesForm onClose={opened.close} />
      </SideDrawer>
    </Page>
  )
}

function OneTime({ slot }: { slot: OnDay<Slot> }) {
  const t = useT('interpretation')
  const say = useSay()
  const remove = useAction(removeSlot, {
    invalidates: CHANGED,
    onDone: ({ removed }) => say.done(t('said.removed', { count: removed })),
  })
  const take = (following: boolean) =>
    remove.mutate(
      { params: { slotId: slot.id }, query: (following ? { following: 'true' } : {}) as never },
      { onError: say.problem },
    )
  const state = slot.booked ? 'booked' : slot.past ? 'past' : 'free'
  return (
    <div className="it-time">
      <Row>
        <strong className="pb-number">{slot.from}</strong>
        <span className="pb-hint">{t(`way.${slot.way}`)}</span>
        {slot.repeats && <span className="pb-hint">{t('times.weekly')}</span>}
        <Status tone={slot.booked ? 'good' : 'plain'}>{t(`times.${state}`)}</Status>
      </Row>
      {slot.patientName && <div>{slot.patientName}</div>}
      {slot.place && <div className="pb-hint">{slot.place}</div>}
      {state === 'free' && (
        <Row>
          <Button size="small" type="link" loading={remove.isPending} onClick={() => take(false)}>
            {t('times.remove')}
            <span className="pb-sr">{slot.from}</span>
          </Button>
          {slot.repeats && (
            <Button size="small" type="link" onClick={() => take(true)}>
              {t('times.removeAll')}
            </Button>
          )}
        </Row>
      )}
    </div>
  )
}
