import { Button, Checkbox, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  DateText,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
  useTimeZone,
} from '../../../platform/web/index.ts'
import { bookSlot, offerSlots, type OrderView } from '../contract/order.ts'
import { listSlots } from '../contract/slot.ts'
import type { SlotView } from '../contract/words.ts'
import { byDay, weekdayOf } from './by-day.ts'
import './interpretation.css'
import { CHANGED } from './words.tsx'

/** So many may be offered at once. */
const OFFERED_MAX = 12

/** Free times of the coming two weeks, day by day; several to offer, or one to book. */
export function ChooseTimes({ order, act, onClose }: { order: OrderView; act: 'offer' | 'book'; onClose: () => void }) {
  const t = useT('interpretation')
  const say = useSay()
  const [chosen, setChosen] = useState<string[]>([])
  const [doctor, setDoctor] = useState<string>()
  const { data, error, refetch } = useApi(listSlots, { query: { days: 15, free: 'true' } as never })
  const done = (key: string) => ({
    invalidates: CHANGED,
    onDone: () => {
      say.done(t(key))
      onClose()
    },
  })
  const offer = useAction(offerSlots, done('said.offered'))
  const book = useAction(bookSlot, done('said.booked'))
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={4} />
  if (data.rows.length === 0) return <Empty title={t('choose.none')} hint={t('choose.noneHint')} />
  const doctors = new Map(data.rows.map((slot) => [slot.doctor.id as string, slot.doctor.name]))
  const rows = data.rows.filter((slot) => doctor === undefined || slot.doctor.id === doctor)
  const choose = (id: string) =>
    setChosen((before) => {
      if (act === 'book') return [id]
      return before.includes(id) ? before.filter((one) => one !== id) : [...before, id].slice(0, OFFERED_MAX)
    })
  const params = { orderId: order.id }
  // Somebody else may have taken a time meanwhile: what is free is asked for again.
  const refused = { onError: (problem: Error) => (say.problem(problem), void refetch()) }
  const send = () =>
    act === 'offer'
      ? offer.mutate({ params, body: { slotIds: chosen as never } }, refused)
      : book.mutate({ params, body: { slotId: chosen[0] as never } }, refused)
  return (
    <Stack>
      {doctors.size > 1 && (
        <Select
          allowClear
          aria-label={t('choose.doctor')}
          placeholder={t('choose.all')}
          value={doctor}
          options={[...doctors].map(([value, label]) => ({ value, label }))}
          onChange={setDoctor}
        />
      )}
      <Days rows={rows} chosen={chosen} onChoose={choose} named={doctors.size > 1} single={act === 'book'} />
      <Row>
        <Button
          type="primary"
          disabled={chosen.length === 0}
          loading={offer.isPending || book.isPending}
          onClick={send}
        >
          {act === 'offer' ? t('choose.send', { count: chosen.length }) : t('choose.book')}
        </Button>
        <Button onClick={onClose}>{t('choose.back')}</Button>
      </Row>
    </Stack>
  )
}

interface DaysProps {
  rows: readonly SlotView[]
  chosen: readonly string[]
  onChoose: (id: string) => void
  /** More than one doctor has offered times. */
  named: boolean
  single: boolean
}

function Days({ rows, chosen, onChoose, named, single }: DaysProps) {
  const t = useT('interpretation')
  const timeZone = useTimeZone()
  const locale = useLocale()
  const Box = single ? Radio : Checkbox
  return byDay(rows, timeZone).map(({ on, times }) => (
    <fieldset key={on} className="it-day">
      <legend>
        <DateText date={on} /> <span className="pb-hint">{weekdayOf(on, locale)}</span>
      </legend>
      {times.map((slot) => (
        <Box key={slot.id} checked={chosen.includes(slot.id)} onChange={() => onChoose(slot.id)}>
          <span className="pb-number">{slot.from}</span>{' '}
          <span className="pb-hint">
            {t(`way.${slot.way}`)} {named && slot.doctor.name}
          </span>
        </Box>
      ))}
    </fieldset>
  ))
}
