import { CommentOutlined } from '@ant-design/icons'
import { Button, Input, Select } from 'antd'
import {
  Card,
  DateText,
  DraftForm,
  Empty,
  Field,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { makeOrder, ordersOfPatient } from '../contract/order.ts'
import type { OrderLine, ReportLine } from '../contract/words.ts'
import { OrderDrawer } from './order-drawer.tsx'
import { CHANGED, GradeText, SlotText, StateText } from './words.tsx'

/** 报告解读 of one person: what was asked, when, and what came of it. */
export function InterpretationTab({ patientId }: { patientId: string }) {
  const t = useT('interpretation')
  const opened = useOpened('order')
  const making = useOpened('ask')
  const { data, error, refetch } = useApi(
    ordersOfPatient,
    { params: { patientId: patientId as never } },
    { keep: false },
  )
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  const make = data.can.make && (
    <Button type="primary" icon={<CommentOutlined />} onClick={() => making.open('new')}>
      {t('make.action')}
    </Button>
  )
  return (
    <Stack>
      {data.rows.length === 0 ? (
        <Empty
          title={t(data.reports.length > 0 ? 'tab.empty' : 'tab.nothing')}
          hint={t(data.reports.length > 0 ? 'tab.emptyHint' : 'tab.nothingHint')}
          action={make}
        />
      ) : (
        make && <Row>{make}</Row>
      )}
      {data.rows.map((line) => (
        <OneOrder key={line.id} line={line} onOpen={() => opened.open(line.id)} />
      ))}
      <OrderDrawer orderId={opened.id} onClose={opened.close} />
      <SideDrawer title={t('make.title')} open={making.id !== undefined} onClose={making.close}>
        <MakeForm patientId={patientId} reports={data.reports} onClose={making.close} onMade={opened.open} />
      </SideDrawer>
    </Stack>
  )
}

function OneOrder({ line, onOpen }: { line: OrderLine; onOpen: () => void }) {
  const t = useT('interpretation')
  return (
    <Card
      title={
        <>
          <DateText date={line.examOn} /> {line.examTitle}
        </>
      }
      extra={
        <Button size="small" onClick={onOpen}>
          {t('act.open')}
          <span className="pb-sr">{line.examTitle}</span>
        </Button>
      }
    >
      <Stack tight>
        <Row>
          <StateText line={line} />
          {line.slot && <SlotText slot={line.slot} />}
          <GradeText grade={line.grade} />
        </Row>
        <p>{line.question}</p>
      </Stack>
    </Card>
  )
}

interface MakeProps {
  patientId: string
  reports: readonly ReportLine[]
  onClose: () => void
  onMade: (orderId: string) => void
}

/** Asked for in the person's name, with their words. */
function MakeForm({ patientId, reports, onClose, onMade }: MakeProps) {
  const t = useT('interpretation')
  const say = useSay()
  const make = useAction(makeOrder, {
    invalidates: CHANGED,
    onDone: ({ id }) => {
      say.done(t('said.made'))
      onClose()
      onMade(id)
    },
  })
  return (
    <DraftForm<{ reportId: string; question: string }>
      name={`interpretation-make-${patientId}`}
      initial={reports[0] ? { reportId: reports[0].id } : {}}
      schema={makeOrder.body}
      submit={t('make.save')}
      onCancel={onClose}
      onSubmit={(body) => make.mutateAsync({ params: { patientId: patientId as never }, body: body as never })}
    >
      <Field name="reportId" label={t('make.report')} required>
        <Select options={reports.map(({ id, examOn, title }) => ({ value: id, label: `${examOn} ${title}` }))} />
      </Field>
      <Field name="question" label={t('make.question')} required>
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 3, maxRows: 8 }}
          maxLength={500}
          placeholder={t('make.questionSample')}
        />
      </Field>
    </DraftForm>
  )
}
