import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import { addDays } from '../../../platform/clock.ts'
import {
  Card,
  DataTable,
  DateInput,
  Empty,
  Figures,
  Page,
  Row,
  Stack,
  useAddress,
  useApi,
  useApiPages,
  useT,
  useToday,
  type Column,
  type RowOf,
  type T,
} from '../../../platform/web/index.ts'
import { countAppointments, listAppointments } from '../contract/appointment.ts'
import { appointmentStatus, STATUSES, type AppointmentStatus } from '../contract/words.ts'
import { ActButtons } from './act-buttons.tsx'
import { NoteText, StatusText, WhereText } from './words.tsx'

const filterSchema = z.object({
  on: z.string().optional(),
  department: z.string().optional(),
  status: appointmentStatus.optional(),
})
type Line = RowOf<typeof listAppointments>

/** What a desk does without opening the file. */
const AT_THE_DESK = ['arrived', 'fulfilled', 'noshow', 'booked'] as const
/** Bookings of the hospital's own system arrive while the page is open. */
const LOOK_EVERY_MS = 30_000

/** 预约: whom we expect today, who is here, who did not come. */
export function DayPage() {
  const t = useT('appointment')
  const today = useToday()
  const [{ on: chosen, department, status }, change] = useAddress(filterSchema)
  const on = chosen ?? today
  const query = { on, ...(department ? { department } : {}), ...(status ? { status } : {}) }
  const rows = useApiPages(listAppointments, { query: query as never }, { everyMs: LOOK_EVERY_MS })
  const columns = useMemo(() => columnsOf(t), [t])
  const go = (day: string | undefined) => change({ on: day === today ? undefined : day })
  return (
    <Page title={t('nav.day')} hint={t('day.hint')}>
      <Stack>
        <Row>
          <Button icon={<LeftOutlined />} aria-label={t('day.before')} onClick={() => go(addDays(on, -1))} />
          <span style={{ inlineSize: '10rem' }}>
            <DateInput value={on} allowClear={false} aria-label={t('day.on')} onChange={go} />
          </span>
          <Button icon={<RightOutlined />} aria-label={t('day.after')} onClick={() => go(addDays(on, 1))} />
          {on !== today && <Button onClick={() => go(today)}>{t('day.today')}</Button>}
        </Row>
        <Counts on={on} />
        <Card flush>
          <DataTable<Line>
            name="appointments"
            label={t('day.label')}
            rows={rows}
            columns={columns}
            rowKey={({ id }) => id}
            rowName={({ patient, from }) => `${from} ${patient.name}`}
            to={({ patient }) => `/patients/${patient.id}?tab=appointments`}
            isFiltered={department !== undefined || status !== undefined}
            toolbar={<Filters on={on} />}
            empty={<Empty title={t('day.none')} hint={t('day.noneHint')} />}
          />
        </Card>
      </Stack>
    </Page>
  )
}

function Counts({ on }: { on: string }) {
  const t = useT('appointment')
  const { data } = useApi(countAppointments, { query: { on } }, { everyMs: LOOK_EVERY_MS })
  if (!data) return null
  const items = STATUSES.map((status) => ({ key: status, label: t(`status.${status}`), value: data.counts[status] }))
  return <Figures items={items} />
}

function Filters({ on }: { on: string }) {
  const t = useT('appointment')
  const [{ department, status }, change] = useAddress(filterSchema)
  const { data } = useApi(countAppointments, { query: { on } })
  return (
    <Row>
      <Select
        allowClear
        style={{ minWidth: 140 }}
        aria-label={t('field.department')}
        placeholder={t('filter.department')}
        value={department}
        options={(data?.departments ?? []).map((value) => ({ value, label: value }))}
        onChange={(value: string | undefined) => change({ department: value })}
      />
      <Select
        allowClear
        style={{ minWidth: 120 }}
        aria-label={t('column.status')}
        placeholder={t('filter.status')}
        value={status}
        options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        onChange={(value: AppointmentStatus | undefined) => change({ status: value })}
      />
    </Row>
  )
}

function columnsOf(t: T): Column<Line>[] {
  return [
    {
      key: 'who',
      title: t('column.who'),
      render: ({ from, patient }) => (
        <span className="pb-nowrap">
          <span className="pb-number">{from}</span> {patient.name}
        </span>
      ),
    },
    { key: 'service', title: t('field.service'), render: ({ service }) => service },
    {
      key: 'where',
      title: t('line.where'),
      render: (line) => (line.department || line.practitioner || line.place ? <WhereText line={line} /> : ''),
    },
    { key: 'phone', title: t('column.phone'), render: ({ patient }) => patient.phoneMasked ?? '' },
    { key: 'bring', title: t('line.bring'), render: ({ bring }) => bring, optional: true },
    {
      key: 'note',
      title: t('line.note'),
      render: (line) => (line.cancelledBy || line.source ? <NoteText line={line} /> : ''),
    },
    {
      key: 'status',
      title: t('column.status'),
      card: 'aside',
      render: ({ status }) => <StatusText status={status} />,
    },
    {
      key: 'act',
      title: t('column.act'),
      render: (line) =>
        line.can.some((act) => act !== 'move' && act !== 'cancel') ? (
          <ActButtons line={line} name={line.patient.name} only={AT_THE_DESK} />
        ) : (
          ''
        ),
    },
  ]
}
