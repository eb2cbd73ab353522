import { FieldTimeOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useMemo } from 'react'
import { z } from 'zod'
import {
  AddressTabs,
  Card,
  DataTable,
  DateText,
  Empty,
  InstantText,
  Page,
  useAddress,
  useApi,
  useApiPages,
  useCan,
  useGo,
  useOpened,
  useT,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import { LISTS, listDoctors, listOrders } from '../contract/order.ts'
import type { OrderLine } from '../contract/words.ts'
import { OrderDrawer } from './order-drawer.tsx'
import { GradeText, PersonLine, SlotText, StateText } from './words.tsx'

const filterSchema = z.object({ doctor: z.string().optional() })
type List = (typeof LISTS)[number]

/** 报告解读: who waits for a time, who is explained to today, what was written down. */
export function BoardPage() {
  const t = useT('interpretation')
  const go = useGo()
  const mayDo = useCan('interpretation.do')
  const opened = useOpened('order')
  return (
    <Page
      title={t('nav.board')}
      hint={t('board.hint')}
      actions={
        mayDo && (
          <Button icon={<FieldTimeOutlined />} onClick={() => go('/interpretation-times')}>
            {t('board.times')}
          </Button>
        )
      }
    >
      <AddressTabs
        name="list"
        items={LISTS.map((list) => ({
          key: list,
          label: t(`list.${list}`),
          content: <BoardList key={list} list={list} onOpen={opened.open} />,
        }))}
      />
      <OrderDrawer orderId={opened.id} onClose={opened.close} />
    </Page>
  )
}

/** What has just been asked for on a phone is seen without a click. */
const LOOK_EVERY_MS = 30_000

function BoardList({ list, onOpen }: { list: List; onOpen: (id: string) => void }) {
  const t = useT('interpretation')
  const [{ doctor }] = useAddress(filterSchema)
  const query = { list, ...(doctor ? { doctorId: doctor } : {}) }
  const rows = useApiPages(listOrders, { query: query as never }, { everyMs: LOOK_EVERY_MS })
  const columns = useMemo(() => columnsOf(t, list), [t, list])
  return (
    <Card flush>
      <DataTable<OrderLine>
        name={`interpretation-${list}`}
        label={t('board.label')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ patient, examTitle }) => `${patient.name} ${examTitle}`}
        onOpen={({ id }) => onOpen(id)}
        isFiltered={doctor !== undefined}
        toolbar={<DoctorFilter />}
        empty={<Empty title={t(`empty.${list}`)} hint={t(`emptyHint.${list}`)} />}
      />
    </Card>
  )
}

function DoctorFilter() {
  const t = useT('interpretation')
  const [{ doctor }, change] = useAddress(filterSchema)
  const { data } = useApi(listDoctors)
  if (!data || data.rows.length < 2) return null
  return (
    <Select
      allowClear
      style={{ minWidth: 160 }}
      aria-label={t('filter.doctor')}
      placeholder={t('choose.all')}
      value={doctor}
      options={data.rows.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(value: string | undefined) => change({ doctor: value })}
    />
  )
}

function columnsOf(t: T, list: List): Column<OrderLine>[] {
  const isOver = list === 'done' || list === 'questions'
  const patient: Column<OrderLine> = {
    key: 'patient',
    title: t('column.patient'),
    render: ({ patient: of }) => <PersonLine patient={of} />,
  }
  const isWaiting = list === 'waiting' || list === 'offered'
  const time: Column<OrderLine> = {
    key: 'time',
    title: t(isWaiting ? 'column.asked' : 'column.time'),
    render: ({ slot, askedAt }) => (slot ? <SlotText slot={slot} /> : <InstantText at={askedAt} />),
  }
  return [
    patient,
    time,
    {
      key: 'report',
      title: t('column.report'),
      render: ({ examOn, examTitle }) => (
        <>
          <DateText date={examOn} /> {examTitle}
        </>
      ),
    },
    {
      key: 'question',
      title: t('column.question'),
      render: ({ question, askedBy }) => (
        <>
          {question} <span className="pb-hint">{t(askedBy === 'patient' ? 'line.byPatient' : 'line.byStaff')}</span>
        </>
      ),
    },
    ...(isOver
      ? [{ key: 'grade', title: t('column.grade'), render: ({ grade }: OrderLine) => <GradeText grade={grade} /> }]
      : []),
    { key: 'state', title: t('column.state'), card: 'aside', render: (line) => <StateText line={line} /> },
  ]
}
