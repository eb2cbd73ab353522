import { ScheduleOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import {
  Card,
  Empty,
  Facts,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useApi,
  useOpened,
  useT,
} from '../../../platform/web/index.ts'
import { appointmentsOfPatient, type AppointmentLine } from '../contract/appointment.ts'
import { ActButtons } from './act-buttons.tsx'
import { BookForm } from './book-form.tsx'
import { CancelForm, MoveForm } from './change-forms.tsx'
import { NoteText, StatusText, WhenText, WhereText } from './words.tsx'

/** 预约 of one person: what is to come, what was, and booking another. */
export function AppointmentsTab({ patientId }: { patientId: string }) {
  const t = useT('appointment')
  const booking = useOpened('book')
  const [asking, ask] = useState<{ act: 'move' | 'cancel'; line: AppointmentLine }>()
  const { data, error, refetch } = useApi(appointmentsOfPatient, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  const book = data.can.book && (
    <Button type="primary" icon={<ScheduleOutlined />} onClick={() => booking.open('new')}>
      {t('book.action')}
    </Button>
  )
  const close = () => ask(undefined)
  const list = (rows: readonly AppointmentLine[]) =>
    rows.map((line) => <One key={line.id} line={line} onAsk={(act) => ask({ act, line })} />)
  return (
    <Stack>
      {data.coming.length > 0 && book && <Row>{book}</Row>}
      <Card title={t('tab.coming')}>
        {data.coming.length === 0 ? (
          <Empty title={t('tab.none')} hint={t('tab.noneHint')} action={book} />
        ) : (
          <Stack>{list(data.coming)}</Stack>
        )}
      </Card>
      {data.over.length > 0 && (
        <Card title={t('tab.over')}>
          <Stack>{list(data.over)}</Stack>
        </Card>
      )}
      <SideDrawer title={t('book.title')} open={booking.id !== undefined} onClose={booking.close}>
        <BookForm patientId={patientId} onClose={booking.close} />
      </SideDrawer>
      <SideDrawer title={t(`ask.${asking?.act ?? 'move'}`)} open={asking !== undefined} onClose={close}>
        {asking?.act === 'move' && <MoveForm line={asking.line} onClose={close} />}
        {asking?.act === 'cancel' && <CancelForm line={asking.line} onClose={close} />}
      </SideDrawer>
    </Stack>
  )
}

function One({ line, onAsk }: { line: AppointmentLine; onAsk: (act: 'move' | 'cancel') => void }) {
  const t = useT('appointment')
  const where = line.department || line.practitioner || line.place
  const note = line.cancelledBy || line.source
  return (
    <Stack tight>
      <Row>
        <WhenText line={line} />
        <strong>{line.service}</strong>
        <StatusText status={line.status} />
      </Row>
      <Facts
        items={[
          [t('line.where'), where ? <WhereText key="where" line={line} /> : ''],
          [t('line.bring'), line.bring],
          [t('line.note'), note ? <NoteText key="note" line={line} /> : ''],
        ]}
      />
      <ActButtons line={line} name={`${line.on} ${line.from} ${line.service}`} onAsk={onAsk} />
    </Stack>
  )
}
