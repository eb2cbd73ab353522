import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import {
  Card,
  DraftForm,
  Empty,
  Field,
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
  type T,
  useShipped,
} from '../../../platform/web/index.ts'
import { importHolidays, listHolidays, type HolidayDay } from '../contract/holiday.ts'

interface YearLine {
  year: number
  origin: 'shipped' | 'organization'
  source: string
  by: string | null
  days: readonly HolidayDay[]
}

/** The days off that are known, year by year, and in red what is missing. */
export function HolidaysTab() {
  const t = useT('message')
  const [adding, setAdding] = useState(false)
  const { data, error, refetch } = useApi(listHolidays)
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Stack>
      <p className="pb-hint">{t('holidays.hint')}</p>
      {data.missing.length > 0 && (
        <Alert type="error" showIcon title={t('holidays.missing', { years: data.missing.join('、') })} />
      )}
      {data.can.write && (
        <div>
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('holidays.import')}
          </Button>
        </div>
      )}
      {data.years.length === 0 && <Empty title={t('holidays.none')} />}
      {data.years.map((year) => (
        <YearCard key={year.year} year={year} t={t} />
      ))}
      <SideDrawer title={t('holidays.import')} open={adding} onClose={() => setAdding(false)}>
        <ImportForm onClose={() => setAdding(false)} />
      </SideDrawer>
    </Stack>
  )
}

/** Without the year, which stands above. */
function shortDate(day: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  return format.format(new Date(`${day}T00:00:00Z`))
}

function YearCard({ year, t }: { year: YearLine; t: T }) {
  const shipped = useShipped()
  const locale = useLocale()
  const from =
    year.origin === 'shipped'
      ? t('holidays.shipped', { source: year.source })
      : t('holidays.importedBy', { by: year.by, source: year.source })
  return (
    <Card title={t('holidays.year', { year: year.year })}>
      <p className="pb-hint">{from}</p>
      {(['off', 'work'] as const).map((kind) => (
        <p key={kind}>
          <strong>{t(`holidays.${kind}`)}</strong>{' '}
          {spansOf(year.days.filter((day) => day.kind === kind)).map(({ first, last, name }) => (
            <span key={first} style={{ marginInlineEnd: 16, display: 'inline-block' }}>
              {shipped(name)} {shortDate(first, locale)}
              {last !== first && `–${shortDate(last, locale)}`}
            </span>
          ))}
        </p>
      ))}
    </Card>
  )
}

/** Days of one name beside each other are read as one span. */
function spansOf(days: readonly HolidayDay[]): { first: string; last: string; name: string }[] {
  const spans: { first: string; last: string; name: string }[] = []
  for (const { day, name } of days) {
    const open = spans.at(-1)
    const isNext = open && Date.parse(day) - Date.parse(open.last) === 86_400_000 && open.name === name
    if (isNext) open.last = day
    else spans.push({ first: day, last: day, name })
  }
  return spans
}

function ImportForm({ onClose }: { onClose: () => void }) {
  const t = useT('message')
  const say = useSay()
  const read = useAction(importHolidays, {
    invalidates: [listHolidays],
    onDone: ({ years }) => {
      say.done(t('holidays.done', { years: years.map(({ year }) => year).join('、') }))
      onClose()
    },
  })
  return (
    <DraftForm<{ text: string; source: string }>
      name="message-holidays"
      schema={importHolidays.body!}
      submit={t('holidays.import')}
      keepDraft={false}
      onCancel={onClose}
      onSubmit={(body) => read.mutateAsync({ body })}
    >
      <Field name="text" label={t('holidays.text')} required extra={t('holidays.textHint')}>
        <Input.TextArea rows={14} />
      </Field>
      <Field name="source" label={t('holidays.source')} required extra={t('holidays.sourceHint')}>
        <Input maxLength={200} />
      </Field>
    </DraftForm>
  )
}
